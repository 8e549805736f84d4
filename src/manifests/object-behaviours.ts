import { AppliedObject, AppliedValue } from '../engine/change/applied-objects';
import { isAmbiguousAddress } from '../engine/kubernetes/ambiguous-address';
import { ChangedBehaviour } from '../engine/kubernetes/behaviour-changes';
import { behavioursOfUserData } from '../engine/kubernetes/user-data-behaviours';

/** What of an object some minor of Kubernetes treats otherwise. */
export function behavioursOfObject(applied: AppliedObject): ChangedBehaviour[] {
  const { object, kind } = applied;
  switch (kind) {
    case 'Service': return behavioursOfService(object.at('spec'));
    case 'NetworkPolicy': return addressesOfPolicy(object.at('spec')).some(isAmbiguousAddress) ? ['ambiguous-address'] : [];
    case 'Role':
    case 'ClusterRole': return object.at('rules').items.some(allowsExecByGetAlone(object)) ? ['exec-without-create'] : [];
    case 'RoleBinding':
    case 'ClusterRoleBinding': return isBoundToAnonymous(object) ? ['anonymous-binding'] : [];
    case 'EC2NodeClass': return behavioursOfNodeClass(object.at('spec'));
    default: return applied.pod.isObject ? behavioursOfPod(applied) : [];
  }
}

function behavioursOfService(spec: AppliedValue): ChangedBehaviour[] {
  const addresses = ['clusterIPs', 'externalIPs', 'loadBalancerSourceRanges'].flatMap((list) => spec.at(list).texts);
  return [
    ...spec.at('externalIPs').items.length > 0 ? ['external-ips' as const] : [],
    ...[...addresses, spec.at('clusterIP').text ?? ''].some(isAmbiguousAddress) ? ['ambiguous-address' as const] : [],
  ];
}

function addressesOfPolicy(spec: AppliedValue): readonly string[] {
  const peers = [['ingress', 'from'], ['egress', 'to']].flatMap(([way, end]) => spec.at(way).items.flatMap((rule) => rule.at(end).items));
  return peers.map((peer) => peer.at('ipBlock')).flatMap((block) => [block.at('cidr').text ?? '', ...block.at('except').texts]);
}

function behavioursOfPod({ pod, containers }: AppliedObject): ChangedBehaviour[] {
  const annotations = pod.at('metadata', 'annotations').names;
  const profiles = [pod.at('spec'), ...containers].map((part) => part.at('securityContext', 'appArmorProfile'));
  const shows: Partial<Record<ChangedBehaviour, boolean>> = {
    'seccomp-annotation': annotations.some((name) => /^(container\.)?seccomp\.security\.alpha\.kubernetes\.io\//.test(name)),
    'app-armor': profiles.some(({ isObject }) => isObject) || annotations.some(
      (name) => name.startsWith('container.apparmor.security.beta.kubernetes.io/'),
    ),
    'ambiguous-address': [
      ...pod.at('spec', 'hostAliases').items.map((alias) => alias.at('ip').text ?? ''), ...pod.at('spec', 'dnsConfig', 'nameservers').texts,
    ].some(isAmbiguousAddress),
    'git-repo-volume': pod.at('spec', 'volumes').items.some((volume) => volume.at('gitRepo').isObject),
  };
  return (Object.keys(shows) as ChangedBehaviour[]).filter((behaviour) => shows[behaviour]);
}

const STREAMS = ['pods/exec', 'pods/attach', 'pods/portforward'];

/** Whether a rule allows a stream by `get`, and no rule of the role allows the same one by `create`. */
function allowsExecByGetAlone(role: AppliedValue): (rule: AppliedValue) => boolean {
  const allows = (rule: AppliedValue, verb: string, resource: string) => [verb, '*'].some((one) => rule.at('verbs').texts.includes(one))
    && [resource, '*', `*/${resource.split('/')[1]}`, 'pods/*'].some((one) => rule.at('resources').texts.includes(one));
  return (rule) => STREAMS.some((stream) => rule.at('resources').texts.includes(stream) && allows(rule, 'get', stream)
    && !role.at('rules').items.some((other) => allows(other, 'create', stream)));
}

/** The role that Kubernetes itself binds to them is for health checks and the version. */
function isBoundToAnonymous(binding: AppliedValue): boolean {
  return binding.at('roleRef', 'name').text !== 'system:public-info-viewer'
    && binding.at('subjects').items.some(
      (subject) => ['system:anonymous', 'system:unauthenticated'].includes(subject.at('name').text ?? ''),
    );
}

/** Of Karpenter: what it launches nodes with. */
function behavioursOfNodeClass(spec: AppliedValue): ChangedBehaviour[] {
  const aliases = spec.at('amiSelectorTerms').items.map((term) => term.at('alias').text ?? '');
  const isAmazonLinux2 = spec.at('amiFamily').text === 'AL2' || aliases.some((alias) => alias.startsWith('al2@'));
  return [...isAmazonLinux2 ? ['amazon-linux-2' as const] : [], ...behavioursOfUserData(spec.at('userData').text ?? '')];
}
