import { KubernetesMinor } from './kubernetes-minor';

interface BehaviourChange {
  /** The first minor in which it is so. */
  readonly since: string;
  readonly says: string;
  readonly source: string;
}

const EKS_NOTES = 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-standard.html';

/** A flag that the kubelet had until then. */
const removedFlag = (flag: string, since: string, source: string): BehaviourChange => ({
  since,
  says: `the user data gives the kubelet ${flag}, a flag that it does not know from ${since} on, so that it does not start: remove it`,
  source,
});

const CHANGES = {
  'seccomp-annotation': {
    since: '1.27',
    says: 'a pod has annotations of seccomp, which Kubernetes ignores from 1.27 on, so that no profile confines it: set '
      + 'securityContext.seccompProfile',
    source: 'https://kubernetes.io/blog/2023/03/17/upcoming-changes-in-kubernetes-v1-27/',
  },
  'keep-terminated-pod-volumes': removedFlag('--keep-terminated-pod-volumes', '1.31', EKS_NOTES),
  'anonymous-binding': {
    since: '1.32',
    says: 'a role is bound to anonymous users, whose requests EKS answers with 401 from 1.32 on, those of health checks aside: '
      + 'let the client authenticate',
    source: EKS_NOTES,
  },
  'amazon-linux-2': {
    since: '1.33',
    says: 'Karpenter is to launch nodes of Amazon Linux 2, for which EKS has no images from 1.33 on: use al2023 or bottlerocket',
    source: EKS_NOTES,
  },
  'git-repo-volume': {
    since: '1.33',
    says: 'a pod has a gitRepo volume, which the API accepts and the kubelet refuses to run from 1.33 on, unless its feature gate '
      + 'GitRepoVolumeDriver is set, which 1.36 no longer allows: clone in an init container instead',
    source: 'https://github.com/kubernetes/enhancements/issues/5040',
  },
  'containerd-config': {
    since: '1.34',
    says: 'the user data configures containerd for its version 1, where nodes have 2.1 from 1.34 on, which reads these settings under '
      + "'io.containerd.cri.v1.runtime' and 'io.containerd.cri.v1.images': without that they may have no effect",
    source: 'https://github.com/awslabs/amazon-eks-ami/pull/2252',
  },
  'app-armor': {
    since: '1.34',
    says: 'a pod has an AppArmor profile, which Kubernetes has deprecated in 1.34: plan for seccomp or Pod Security Standards',
    source: EKS_NOTES,
  },
  'cloud-config': removedFlag('--cloud-config', '1.34', 'https://github.com/kubernetes/kubernetes/pull/130161'),
  'register-schedulable': removedFlag('--register-schedulable', '1.34', 'https://github.com/kubernetes/kubernetes/pull/122384'),
  'cgroup-v1': {
    since: '1.35',
    says: 'the user data switches nodes to cgroup v1, with which the kubelet does not start from 1.35 on: stay with cgroup v2, '
      + 'or set failCgroupV1: false for the time being',
    source: EKS_NOTES,
  },
  'pod-infra-container-image': removedFlag('--pod-infra-container-image', '1.35', EKS_NOTES),
  'exec-without-create': {
    since: '1.35',
    says: "a role allows exec, attach or port-forward by the verb 'get' alone, with which Kubernetes refuses them from 1.35 on: "
      + "add 'create' where that is meant",
    source: 'https://github.com/kubernetes/kubernetes/pull/134577',
  },
  'ipvs': {
    since: '1.35',
    says: 'kube-proxy runs in mode ipvs, which Kubernetes has deprecated in 1.35 and means to disable in 1.40: plan for nftables '
      + 'or iptables',
    source: 'https://github.com/kubernetes/enhancements/issues/5495',
  },
  'ingress-nginx': {
    since: '1.35',
    says: 'Ingress NGINX gets no fixes any more, security fixes included, since its retirement in March 2026: move to another '
      + 'ingress controller or to the Gateway API',
    source: EKS_NOTES,
  },
  'external-ips': {
    since: '1.36',
    says: 'a Service has externalIPs, which Kubernetes has deprecated in 1.36 and means to disable in 1.40 at the earliest: plan '
      + 'for a load balancer or the Gateway API',
    source: 'https://kubernetes.io/blog/2026/05/18/kubernetes-v1-36-deprecation-and-removal-of-service-externalips/',
  },
  'ambiguous-address': {
    since: '1.36',
    says: 'an IP address or a range of them has leading zeros (010.0.0.5), IPv4 within IPv6 (::ffff:10.0.0.5) or bits behind its '
      + 'prefix (10.0.0.5/24), with which Kubernetes refuses from 1.36 on to create the object or to change them: write 10.0.0.5, '
      + '10.0.0.0/24 or 10.0.0.5/32',
    source: 'https://github.com/kubernetes/kubernetes/pull/137053',
  },
} satisfies Record<string, BehaviourChange>;

/** Something of an app that Kubernetes, or what EKS runs it on, treats otherwise from a minor on. */
export type ChangedBehaviour = keyof typeof CHANGES;

/** All of them, in the order in which they came. */
export const CHANGED_BEHAVIOURS = Object.keys(CHANGES) as readonly ChangedBehaviour[];

/** What to know of a behaviour in a Kubernetes version; undefined before the change. */
export function behaviourChange(behaviour: ChangedBehaviour, version: KubernetesMinor): string | undefined {
  const { says, source } = CHANGES[behaviour];
  return isChangedIn(behaviour, version) ? `${says} (${source})` : undefined;
}

/** Whether a Kubernetes version has the change. */
export function isChangedIn(behaviour: ChangedBehaviour, version: KubernetesMinor): boolean {
  return !version.isOlderThan(KubernetesMinor.parse(firstMinorOf(behaviour)));
}

/** The first minor that has the change, such as `1.36`. */
export function firstMinorOf(behaviour: ChangedBehaviour): string {
  return CHANGES[behaviour].since;
}
