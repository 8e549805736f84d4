import { isDeepStrictEqual } from 'node:util';
import { ClusterState } from '../state/cluster-state';
import { AWS_EKS_CLUSTER_TYPE, tagsOnNodeGroup, TemplateResource } from '../state/deployed-stack';
import { NodeGroupState } from '../state/node-group-state';
import { holdsExpression, isPlaceholder } from '../state/placeholder';

type Properties = Readonly<Record<string, unknown>>;

/**
 * Those settings of a node group that a template gives, and that EKS shows with other values than it wants, as EKS shows them.
 *
 * What a template leaves to EKS, what only the deployment knows, the size of the moment, and tags that something else has put on
 * are no difference.
 */
export function settingsThatDiffer(resource: TemplateResource, live: NodeGroupState, roles: Roles = {}): Properties {
  const {
    name, labels, tags, taints = [], scaling, update, amiType, instanceTypes, capacityType, diskSize, subnetIds, roleArn, launchTemplate,
  } = live;
  const wantedTags = tagsOnNodeGroup(resource);
  const wanted: Properties = { ...resource.properties, NodeRole: arnOf(resource.properties.NodeRole, roleArn, roles) };
  const liveTaints = taints.map(({ key, value, effect }) => ({ Key: key, Value: value, Effect: effect }));
  const shown: Properties = {
    ...labels && { Labels: differing(wanted.Labels ?? {}, labels) },
    ...tags && { Tags: differing(wantedTags, asNamed(wantedTags, tags)) },
    ...live.taints && { Taints: differing(sorted(wanted.Taints ?? []), sorted(liveTaints)) },
    ...launchTemplate && isNumbered(wanted.LaunchTemplate) && {
      LaunchTemplate: differingParts(wanted.LaunchTemplate, { Version: launchTemplate.version }),
    },
    ...scaling && { ScalingConfig: differingParts(wanted.ScalingConfig, { MinSize: scaling.minSize, MaxSize: scaling.maxSize }) },
    ...update && {
      UpdateConfig: differingParts(wanted.UpdateConfig, {
        MaxUnavailable: update.maxUnavailable, MaxUnavailablePercentage: update.maxUnavailablePercentage, UpdateStrategy: update.strategy,
      }),
    },
    ...differingMembers(wanted, {
      AmiType: amiType,
      CapacityType: capacityType,
      DiskSize: diskSize,
      InstanceTypes: instanceTypes,
      NodegroupName: name,
      NodeRole: roleArn,
      Subnets: subnetIds,
    }),
  };
  return defined(shown);
}

/**
 * What a template gives a cluster and can only be set when it is created, where EKS shows another value: nothing but another
 * template can have made the difference.
 */
export function creationThatDiffers(
  { type, properties: given }: TemplateResource, { name, creation }: ClusterState, roles: Roles = {},
): Properties {
  if (!creation) return {};
  const { roleArn, ipFamily, serviceIpv4Cidr, encryptionKeyArn } = creation;
  const properties: Properties = { ...given, RoleArn: arnOf(given.RoleArn, roleArn, roles) };
  if (type === AWS_EKS_CLUSTER_TYPE) {
    const config = properties.Config as Properties | undefined;
    const differs = differingMembers({ ...config, roleArn: arnOf(config?.roleArn, roleArn, roles) }, { name, roleArn });
    return Object.keys(differs).length > 0 ? { Config: { ...config, ...differs } } : {};
  }
  return defined({
    ...differingMembers(properties, { Name: name, RoleArn: roleArn }),
    KubernetesNetworkConfig: differingParts(properties.KubernetesNetworkConfig, {
      ...ipFamily !== undefined && { IpFamily: ipFamily }, ...serviceIpv4Cidr !== undefined && { ServiceIpv4Cidr: serviceIpv4Cidr },
    }),
    EncryptionConfig: hasOtherKey(properties.EncryptionConfig, encryptionKeyArn) ? [{ Provider: { KeyArn: encryptionKeyArn } }] : undefined,
  });
}

/** The names of the roles of a stack by logical ID; undefined of those that it does not have yet. */
export type Roles = Readonly<Record<string, string | undefined>>;

/**
 * The ARN that a template gives by a role of its stack: the live one, if that is of this role. One that the stack does not have
 * yet, or that is another one, has an ARN that nobody knows, and which is not the live one.
 */
function arnOf(given: unknown, live: string | undefined, roles: Roles): unknown {
  const { 'Fn::GetAtt': attribute } = (given ?? {}) as { readonly 'Fn::GetAtt'?: readonly unknown[] };
  const role = Array.isArray(attribute) && attribute[1] === 'Arn' ? String(attribute[0]) : undefined;
  if (live === undefined || role === undefined || !(role in roles)) return given;
  return live.endsWith(`/${roles[role]}`) ? live : `the ARN of ${role}`;
}

/** Whether a template encrypts secrets by a key, and the cluster by none or by another one; an alias may be any. */
function hasOtherKey(encryption: unknown, live: string | undefined): boolean {
  const [wanted] = Array.isArray(encryption) ? encryption as { readonly Provider?: { readonly KeyArn?: unknown } }[] : [];
  const key = wanted?.Provider?.KeyArn;
  if (key === undefined || live === undefined) return key !== undefined;
  return typeof key === 'string' && !isPlaceholder(key) && key.includes(':key/') && key !== live;
}

/** Members that a template gives, in the values that are live, where these differ; the order of a list is none. */
function differingMembers(wanted: Properties, live: Properties): Properties {
  return defined(Object.fromEntries(Object.entries(live).map(([name, value]) =>
    [name, wanted[name] === undefined || value === undefined ? undefined : differing(sorted(wanted[name]), sorted(value))])));
}

function defined(values: Properties): Properties {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Whether a launch template is given by the number of its version. */
function isNumbered(launchTemplate: unknown): boolean {
  return /^\d+$/.test(String((launchTemplate as { readonly Version?: unknown } | undefined)?.Version));
}

/** What is live, where it differs from what is wanted and both are known. */
function differing(wanted: unknown, live: unknown): unknown {
  return !holdsExpression(wanted) && !isDeepStrictEqual(inTexts(wanted), inTexts(live)) ? live : undefined;
}

/** The same of those members that a template gives and EKS may show. */
function differingParts(wanted: unknown, live: Properties): unknown {
  if (typeof wanted !== 'object' || wanted === null) return undefined;
  const given = Object.fromEntries(Object.entries(wanted).filter(([name]) => name in live));
  return differing(given, asNamed(given, live)) && { ...wanted, ...asNamed(given, live) };
}

/** The values of what another object names; undefined for what it lacks, so that it is another object. */
function asNamed(names: Properties, values: Properties): Properties {
  return Object.fromEntries(Object.keys(names).map((name) => [name, values[name]]));
}

function sorted(taints: unknown): unknown {
  return Array.isArray(taints) ? [...taints].sort(
    (one, other) => JSON.stringify(inTexts(one)) < JSON.stringify(inTexts(other)) ? -1 : 1,
  ) : taints;
}

/** CloudFormation and EKS spell the same number once as a text; an absent member is no member. */
function inTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inTexts);
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== '');
  return Object.fromEntries(members.sort(([one], [other]) => one < other ? -1 : 1).map(([key, inner]) => [key, inTexts(inner)]));
}
