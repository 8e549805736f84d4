import { isDeepStrictEqual } from 'node:util';
import { AddOnState } from '../state/add-on-state';
import { ClusterState } from '../state/cluster-state';
import { AWS_EKS_CLUSTER_TYPE, tagsOnNodeGroup, TemplateResource } from '../state/deployed-stack';
import { LaunchTemplateState, NodeGroupState, SshAccess } from '../state/node-group-state';
import { holdsExpression, isPlaceholder } from '../state/placeholder';

type Properties = Readonly<Record<string, unknown>>;

/** What a template means where it refers to resources of its stack: undefined of those that the stack does not have yet. */
export interface StackNames {
  readonly physicalIds: Readonly<Record<string, string | undefined>>;
  /** The names with which the ARNs of its roles and keys end. */
  readonly inArns: Readonly<Record<string, string | undefined>>;
}

const NO_NAMES: StackNames = { physicalIds: {}, inArns: {} };

/**
 * Those settings of a node group that a template gives, and that EKS shows with other values than it wants, as EKS shows them.
 *
 * What a template leaves to EKS, what only the deployment knows, the size of the moment, and tags that something else has put on
 * are no difference.
 */
export function settingsThatDiffer(resource: TemplateResource, live: NodeGroupState, names = NO_NAMES): Properties {
  const {
    name, labels, tags, taints = [], scaling, update, amiType, instanceTypes, capacityType, diskSize, subnetIds, roleArn, launchTemplate,
  } = live;
  const { properties } = resource;
  const wantedTags = tagsOnNodeGroup(resource);
  const wanted: Properties = {
    ...properties, NodeRole: arnOf(properties.NodeRole, roleArn, names), Subnets: withPhysicalIds(properties.Subnets, names),
  };
  const liveTaints = taints.map(({ key, value, effect }) => ({ Key: key, Value: value, Effect: effect }));
  const shown: Properties = {
    ...labels && { Labels: differing(wanted.Labels ?? {}, labels) },
    ...tags && { Tags: differing(wantedTags, asNamed(wantedTags, tags)) },
    ...live.taints && { Taints: differing(sorted(wanted.Taints ?? []), sorted(liveTaints)) },
    ...scaling && { ScalingConfig: differingParts(wanted.ScalingConfig, { MinSize: scaling.minSize, MaxSize: scaling.maxSize }) },
    ...update && {
      UpdateConfig: differingParts(wanted.UpdateConfig, {
        MaxUnavailable: update.maxUnavailable, MaxUnavailablePercentage: update.maxUnavailablePercentage, UpdateStrategy: update.strategy,
      }),
    },
    RemoteAccess: differingAccess(withPhysicalIds(properties.RemoteAccess, names), live.sshAccess),
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
  return { ...defined(shown), ...differingLaunchTemplate(withPhysicalIds(properties.LaunchTemplate, names), launchTemplate) };
}

/**
 * What a template gives a cluster and can only be set when it is created, where EKS shows another value: nothing but another
 * template can have made the difference.
 */
export function creationThatDiffers(
  { type, properties: given }: TemplateResource, { name, creation }: ClusterState, names = NO_NAMES,
): Properties {
  if (!creation) return {};
  const { roleArn, ipFamily, serviceIpv4Cidr, encryptionKeyArn } = creation;
  const properties: Properties = { ...given, RoleArn: arnOf(given.RoleArn, roleArn, names) };
  if (type === AWS_EKS_CLUSTER_TYPE) {
    const config = properties.Config as Properties | undefined;
    const differs = differingMembers({ ...config, roleArn: arnOf(config?.roleArn, roleArn, names) }, { name, roleArn });
    return Object.keys(differs).length > 0 ? { Config: { ...config, ...differs } } : {};
  }
  return defined({
    ...differingMembers(properties, { Name: name, RoleArn: roleArn }),
    KubernetesNetworkConfig: differingParts(properties.KubernetesNetworkConfig, {
      ...ipFamily !== undefined && { IpFamily: ipFamily }, ...serviceIpv4Cidr !== undefined && { ServiceIpv4Cidr: serviceIpv4Cidr },
    }),
    EncryptionConfig: hasOtherKey(properties.EncryptionConfig, encryptionKeyArn, names)
      ? [{ Provider: { KeyArn: encryptionKeyArn } }]
      : undefined,
  });
}

/** The live namespace of an add-on, where the template gives another one; EKS takes it when the add-on is installed only. */
export function namespaceThatDiffers({ NamespaceConfig: given }: Properties, { namespace }: AddOnState): Properties {
  return defined({ NamespaceConfig: namespace === undefined ? undefined : differingParts(given, { Namespace: namespace }) });
}

/**
 * The ARN that a template gives by a role or key of its stack: the live one, if that is of this resource. One that the stack does
 * not have yet, or that is another one, has an ARN that nobody knows, and which is not the live one.
 */
function arnOf(given: unknown, live: string | undefined, { inArns }: StackNames): unknown {
  const { 'Fn::GetAtt': attribute } = (given ?? {}) as { readonly 'Fn::GetAtt'?: readonly unknown[] };
  const resource = Array.isArray(attribute) && attribute[1] === 'Arn' ? String(attribute[0]) : undefined;
  if (live === undefined || resource === undefined || !(resource in inArns)) return given;
  return live.endsWith(`/${inArns[resource]}`) ? live : `the ARN of ${resource}`;
}

/** Whether a template encrypts secrets by a key, and the cluster by none or by another one; an alias may be any. */
function hasOtherKey(encryption: unknown, live: string | undefined, names: StackNames): boolean {
  const [wanted] = Array.isArray(encryption) ? encryption as { readonly Provider?: { readonly KeyArn?: unknown } }[] : [];
  const given = wanted?.Provider?.KeyArn;
  if (given === undefined || live === undefined) return given !== undefined;
  const key = arnOf(given, live, names);
  return typeof key === 'string' && !isPlaceholder(key) && !/(^|:)alias\//.test(key) && key !== live;
}

/** Attributes that are what `Ref` is. */
const PHYSICAL_ID_ATTRIBUTES: readonly unknown[] = ['GroupId', 'LaunchTemplateId', 'SubnetId'];

/**
 * A value of a template, such as a list of subnets, with the IDs of those resources of the stack to which it refers. One that the
 * stack does not have yet has an ID that nobody knows, and which is not a live one.
 */
function withPhysicalIds(value: unknown, names: StackNames): unknown {
  if (Array.isArray(value)) return value.map((item) => withPhysicalIds(item, names));
  if (typeof value !== 'object' || value === null) return value;
  const { Ref: reference, 'Fn::GetAtt': attribute } = value as { readonly 'Ref'?: string; readonly 'Fn::GetAtt'?: readonly unknown[] };
  const ofAttribute = Array.isArray(attribute) && PHYSICAL_ID_ATTRIBUTES.includes(attribute[1]) ? String(attribute[0]) : undefined;
  const resource = reference ?? ofAttribute;
  if (resource !== undefined && resource in names.physicalIds) return names.physicalIds[resource] ?? `the ID of ${resource}`;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withPhysicalIds(inner, names)]));
}

/**
 * The live launch template, or that there is none, where the template gives another one, another version by its number, or none: EKS
 * keeps its ID for life. One that is given by its name may be any.
 */
function differingLaunchTemplate(wanted: unknown, live: LaunchTemplateState | undefined): Properties {
  const shown = live && { Id: live.id, Version: live.version };
  if (wanted === undefined || shown === undefined) return wanted === undefined && shown === undefined ? {} : { LaunchTemplate: shown };
  const { Id: id } = wanted as { readonly Id?: unknown };
  if (id !== undefined && differing(id, shown.Id) !== undefined) return { LaunchTemplate: shown };
  return defined({ LaunchTemplate: isNumbered(wanted) ? differingParts(wanted, { Version: shown.Version }) : undefined });
}

/** The live access by SSH, where it is another one; EKS takes it at a group's creation only, so that no access is one, too. */
function differingAccess(wanted: unknown, live: SshAccess | undefined): unknown {
  const shown = live && { Ec2SshKey: live.keyName, SourceSecurityGroups: live.securityGroupIds };
  if (wanted === undefined || shown === undefined) return wanted === shown ? undefined : shown ?? {};
  const { Ec2SshKey, SourceSecurityGroups = [] } = wanted as { readonly Ec2SshKey?: unknown; readonly SourceSecurityGroups?: unknown };
  return differing({ Ec2SshKey, SourceSecurityGroups: sorted(SourceSecurityGroups) }, {
    ...shown, SourceSecurityGroups: sorted(shown.SourceSecurityGroups),
  }) && shown;
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
