import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** What the custom resources of `aws-eks` and `aws-eks-v2` apply. */
const MANIFEST_TYPE = 'Custom::AWSCDK-EKS-KubernetesResource';
const CHART_TYPE = 'Custom::AWSCDK-EKS-HelmChart';

/** An object that the app applies, as Kubernetes takes it. */
export type KubernetesObject = Readonly<Record<string, unknown>>;

/** A manifest or a chart of an app. */
export interface Applied {
  /** The construct that people know. */
  readonly construct: IConstruct;
  /** The objects of a manifest, those in lists included. */
  readonly objects: readonly KubernetesObject[];
  /** Of a Helm chart. */
  readonly chart?: { readonly name: string; readonly version?: string; readonly values?: unknown };
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
      ? [{ construct, objects: objectsIn(jsonOf(child, properties.Manifest)) }]
      : [chartOf(construct, child, properties)];
  });
}

function chartOf(construct: IConstruct, resource: CfnResource, { Chart, Version, Values }: WithProperties['_cfnProperties']): Applied {
  const [name, version] = [Chart, Version].map((value) => resource.stack.resolve(value) as unknown);
  return {
    construct,
    objects: [],
    chart: typeof name !== 'string' ? undefined : { name, version: typeof version === 'string' ? version : undefined, values: jsonOf(resource, Values) },
  };
}

/** Stands for what only the deployment knows; without quotes, which are around it where it is a text. */
const UNKNOWN = '0';

/** The value of JSON that may have tokens in it; undefined where it cannot be read. */
function jsonOf(resource: CfnResource, json: unknown): unknown {
  const text = textOf(resource.stack.resolve(json));
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a token in an unusual place: nothing is said of it
  }
}

function textOf(resolved: unknown): string | undefined {
  if (typeof resolved === 'string') return resolved;
  const [separator, parts] = (resolved as { readonly 'Fn::Join'?: readonly [string, readonly unknown[]] } | undefined)?.['Fn::Join'] ?? [];
  return Array.isArray(parts) ? parts.map((part) => typeof part === 'string' ? part : UNKNOWN).join(separator) : undefined;
}

function objectsIn(value: unknown): KubernetesObject[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (typeof value !== 'object' || value === null) return [];
  const { items, kind } = value as KubernetesObject;
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items) ? objectsIn(items) : [value as KubernetesObject];
}

/** The specification of the pods that an object makes; undefined for one that makes none. */
export function podSpecOf({ kind, spec }: KubernetesObject): KubernetesObject | undefined {
  const path = kind === 'Pod' ? [] : kind === 'CronJob' ? ['jobTemplate', 'spec', 'template', 'spec'] : ['template', 'spec'];
  const found = path.reduce<unknown>((part, name) => (part as KubernetesObject | undefined)?.[name], spec);
  return typeof found === 'object' && found !== null ? found as KubernetesObject : undefined;
}
