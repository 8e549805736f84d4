import { CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AddOnVersion } from './add-on-version';
import { MovedCluster } from './moved-cluster';
import { UpgradeHandler } from '../custom-resources/upgrade-handler';
import { AddOnVersionsProperties, TrackedAddOn } from '../engine/change/resource-properties';
import { ADD_ON_VERSIONS_TYPE } from '../engine/state/deployed-stack';

/**
 * Resolves the versions of a cluster's add-ons at deployment: one custom resource for all of a stack, asked again when the
 * Kubernetes version changes.
 */
export class AddOnVersions {
  private readonly tracked: TrackedAddOn[] = [];
  private resource?: CfnResource;

  constructor(
    private readonly scope: Construct,
    private readonly id: string,
    private readonly cluster: MovedCluster,
  ) {}

  /** The version of an add-on: a literal when it is pinned, else an attribute of the custom resource. */
  public versionOf(name: string, { policy, version }: AddOnVersion, attribute: string): string {
    if (version !== undefined) {
      return version;
    }
    this.resource ??= this.makeResource();
    this.tracked.push({ Name: name, Policy: policy as TrackedAddOn['Policy'], Attribute: attribute });
    return this.resource.getAtt(attribute).toString();
  }

  /** In an order that a mere rearrangement of the code does not change: versions are asked for again when the properties change. */
  private sortedByName(): TrackedAddOn[] {
    return [...this.tracked].sort((one, other) => one.Name < other.Name ? -1 : 1);
  }

  private makeResource(): CfnResource {
    const stack = Stack.of(this.scope);
    const { cluster: { clusterName }, literalName, kubernetesVersion } = this.cluster;
    const eksArn = (resource: string, resourceName: string) => stack.formatArn({ service: 'eks', resource, resourceName });
    const describeCluster = [
      new iam.PolicyStatement({ actions: ['eks:DescribeAddon'], resources: [eksArn('addon', `${literalName ?? clusterName}/*/*`)] }),
      new iam.PolicyStatement({ actions: ['eks:DescribeCluster'], resources: [eksArn('cluster', literalName ?? clusterName)] }),
    ];
    const properties: AddOnVersionsProperties = {
      ClusterName: clusterName,
      KubernetesVersion: kubernetesVersion,
      AddOns: Lazy.any({ produce: () => this.sortedByName() }) as unknown as TrackedAddOn[],
    };
    return UpgradeHandler._of(this.scope)._serve(this.scope, this.id, {
      resourceType: ADD_ON_VERSIONS_TYPE,
      properties,
      permissions: [
        new iam.PolicyStatement({ actions: ['eks:DescribeAddonVersions'], resources: ['*'] }), // knows no resources
        ...literalName ? describeCluster : [],
      ],
      ownPermissions: literalName ? undefined : describeCluster,
      wildcardReason: 'The ARN of an add-on ends with an ID that EKS makes up; eks:DescribeAddonVersions knows no resources.',
    });
  }
}
