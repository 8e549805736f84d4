import { CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { SynthValue } from './synth-value';
import { Applied, appliedChart, appliedManifest, MANIFEST_TYPE } from '../engine/change/applied-objects';

/** A manifest or a chart of an app. */
export interface AppliedByConstruct extends Applied {
  /** The construct that people know. */
  readonly construct: IConstruct;
  /** The custom resource that applies it. */
  readonly resource: CfnResource;
}

/** What every resource knows, and the CDK keeps to itself. */
interface WithProperties {
  readonly _cfnProperties: Readonly<Record<string, unknown>>;
}

/**
 * Those of some resources that are manifests and charts for a cluster.
 *
 * @param isOfCluster whether the name of a cluster, of a resource, is that of the cluster
 */
export function appliedTo(
  resources: readonly CfnResource[], isOfCluster: (clusterName: string, user: CfnResource) => boolean,
): AppliedByConstruct[] {
  return resources.flatMap((resource) => {
    const { _cfnProperties: properties } = resource as unknown as WithProperties;
    if (!isOfCluster(properties.ClusterName as string, resource)) return [];
    const custom = resource.node.scope!;
    const construct = Stack.isStack(custom) ? resource : custom.node.scope!; // a custom resource stands between
    const applied = resource.cfnResourceType === MANIFEST_TYPE
      ? appliedManifest(SynthValue.ofJson(resource, properties.Manifest))
      : chartOf(resource, properties);
    return [{ construct, resource, ...applied }];
  });
}

function chartOf(resource: CfnResource, { Chart, Version, Values }: WithProperties['_cfnProperties']): Applied {
  const [name, version] = [Chart, Version].map((value) => resource.stack.resolve(value) as unknown);
  return appliedChart(name, version, SynthValue.ofJson(resource, Values));
}
