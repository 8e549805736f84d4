import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { SynthValue } from './synth-value';

/** What the custom resources of `aws-eks` and `aws-eks-v2` apply. */
const MANIFEST_TYPE = 'Custom::AWSCDK-EKS-KubernetesResource';
const CHART_TYPE = 'Custom::AWSCDK-EKS-HelmChart';

/** An object of a manifest, and what it says of the pods that it makes; nothing for one that makes none. */
export interface AppliedObject {
  readonly object: SynthValue;
  readonly kind?: string;
  readonly pod: SynthValue;
  /** The containers of the pod, those that initialise it included. */
  readonly containers: readonly SynthValue[];
}

/** A manifest or a chart of an app. */
export interface Applied {
  /** The construct that people know. */
  readonly construct: IConstruct;
  /** The objects of a manifest, those in lists included. */
  readonly objects: readonly AppliedObject[];
  /** Of a Helm chart. */
  readonly chart?: { readonly name: string; readonly version?: string; readonly values: SynthValue };
}

/** What every resource knows, and the CDK keeps to itself. */
interface WithProperties {
  readonly _cfnProperties: Readonly<Record<string, unknown>>;
}

/**
 * The manifests and charts that an app applies to a cluster.
 *
 * @param isOfCluster whether the name of a cluster, of a resource, is that of the cluster
 */
export function appliedTo(root: IConstruct, isOfCluster: (clusterName: string, user: CfnResource) => boolean): Applied[] {
  return root.node.findAll().flatMap((child) => {
    if (!CfnResource.isCfnResource(child) || ![MANIFEST_TYPE, CHART_TYPE].includes(child.cfnResourceType)) return [];
    const { _cfnProperties: properties } = child as unknown as WithProperties;
    if (!isOfCluster(properties.ClusterName as string, child)) return [];
    const construct = child.node.scope?.node.scope ?? child; // a custom resource stands between
    return child.cfnResourceType === MANIFEST_TYPE
      ? [{ construct, objects: objectsIn(SynthValue.ofJson(child, properties.Manifest)) }]
      : [chartOf(construct, child, properties)];
  });
}

function chartOf(construct: IConstruct, resource: CfnResource, { Chart, Version, Values }: WithProperties['_cfnProperties']): Applied {
  const [name, version] = [Chart, Version].map((value) => resource.stack.resolve(value) as unknown);
  return {
    construct,
    objects: [],
    chart: typeof name !== 'string' ? undefined : {
      name, version: typeof version === 'string' ? version : undefined, values: SynthValue.ofJson(resource, Values),
    },
  };
}

function objectsIn(value: SynthValue): AppliedObject[] {
  if (value.isList) return value.items.flatMap(objectsIn);
  if (!value.isObject) return [];
  const kind = value.at('kind').text;
  const items = kind?.endsWith('List') ? value.at('items') : undefined;
  return items?.isList ? objectsIn(items) : [objectOf(value, kind)];
}

function objectOf(object: SynthValue, kind: string | undefined): AppliedObject {
  const pod = kind === 'Pod' ? object : kind === 'CronJob' ? object.at(
    'spec', 'jobTemplate', 'spec', 'template',
  ) : object.at('spec', 'template');
  return { object, kind, pod, containers: [...pod.at('spec', 'containers').items, ...pod.at('spec', 'initContainers').items] };
}
