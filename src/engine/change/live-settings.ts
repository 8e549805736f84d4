import { isDeepStrictEqual } from 'node:util';
import { arnOf, NO_NAMES, StackNames, withPhysicalIds } from './stack-names';
import { AddOnState } from '../state/add-on-state';
import { ClusterState } from '../state/cluster-state';
import { AWS_EKS_CLUSTER_TYPE, tagsOnNodeGroup, TemplateResource } from '../state/deployed-stack';
import { NodeGroupState } from '../state/node-group-state';
import { holdsExpression, isPlaceholder } from '../state/placeholder';

type Properties = Readonly<Record<string, unknown>>;

/**
 * Those settings of a node group that a template gives, and that EKS shows with other values than it wants, as EKS shows them.
 *
 * What a template leaves to EKS, what only the deployment knows, the size of the moment, and tags that something else has put on
 * are no difference. The order of instance types is one: On-Demand nodes are launched by it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
 */
export function settingsThatDiffer(resource: TemplateResource, live: NodeGroupState, names = NO_NAMES): Properties {
  const {
    name, labels, tags, taints = [], scaling, update, amiType, instanceTypes, capacityType, diskSize, subnetIds, roleArn, launchTemplate,
    sshAccess,
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
    ...launchTemplate && isNumbered(wanted.LaunchTemplate) && {
      LaunchTemplate: differingParts(wanted.LaunchTemplate, { Version: launchTemplate.version }),
    },
    ...differingMembers(wanted, {
      AmiType: amiType,
      CapacityType: capacityType,
      DiskSize: diskSize,
      InstanceTypes: instanceTypes, // in the order in which EC2 prefers them
      NodegroupName: name,
      NodeRole: roleArn,
    }),
    ...differingMembers({ Subnets: sorted(wanted.Subnets) }, { Subnets: sorted(subnetIds) }),
  };
  const access = sshAccess && { Ec2SshKey: sshAccess.keyName, SourceSecurityGroups: sshAccess.securityGroupIds };
  const template = launchTemplate && { Id: launchTemplate.id, Version: launchTemplate.version };
  return {
    ...defined(shown),
    ...keptForLife('RemoteAccess', withPhysicalIds(properties.RemoteAccess, names), access, isOtherAccess),
    ...keptForLife('LaunchTemplate', withPhysicalIds(properties.LaunchTemplate, names), template, isOtherTemplate),
  };
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

/** Whether a template encrypts secrets by a key, and the cluster by none or by another one; an alias may be any. */
function hasOtherKey(encryption: unknown, live: string | undefined, names: StackNames): boolean {
  const [wanted] = Array.isArray(encryption) ? encryption as { readonly Provider?: { readonly KeyArn?: unknown } }[] : [];
  const given = wanted?.Provider?.KeyArn;
  if (given === undefined || live === undefined) return given !== undefined;
  const key = arnOf(given, live, names);
  return typeof key === 'string' && !isPlaceholder(key) && !/(^|:)alias\//.test(key) && key !== live;
}

/**
 * What a group got when it was created, or that it got none, where the template gives it otherwise. EKS keeps it for life, so that one
 * that the template does not give is given up.
 */
function keptForLife(
  name: string, wanted: unknown, live: Properties | undefined, isOther: (wanted: Properties, live: Properties) => boolean,
): Properties {
  const differs = wanted === undefined || live === undefined ? wanted !== live : isOther(wanted as Properties, live);
  return differs ? { [name]: live } : {};
}

/** Whether a template gives the nodes of a group another access by SSH. */
function isOtherAccess({ Ec2SshKey, SourceSecurityGroups = [] }: Properties, live: Properties): boolean {
  const wanted = { Ec2SshKey, SourceSecurityGroups: sorted(SourceSecurityGroups) };
  return differing(wanted, { ...live, SourceSecurityGroups: sorted(live.SourceSecurityGroups) }) !== undefined;
}

/** Whether a template gives a group another launch template; one that it gives by a name may be any. */
function isOtherTemplate({ Id: id }: Properties, live: Properties): boolean {
  return id !== undefined && differing(id, live.Id) !== undefined;
}

/** Members that a template gives, in the values that are live, where these differ. */
function differingMembers(wanted: Properties, live: Properties): Properties {
  return defined(Object.fromEntries(Object.entries(live).map(([name, value]) =>
    [name, wanted[name] === undefined || value === undefined ? undefined : differing(wanted[name], value)])));
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
