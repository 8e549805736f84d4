import { KubernetesMinor } from './kubernetes-minor';

/** Something of an app that Kubernetes treats otherwise from a minor on. */
export type ChangedBehaviour = 'ipvs' | 'git-repo-volume' | 'ingress-nginx';

interface BehaviourChange {
  readonly since: string;
  readonly says: string;
  readonly source: string;
}

const EKS_NOTES = 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-standard.html';

const CHANGES: Readonly<Record<ChangedBehaviour, BehaviourChange>> = {
  'ipvs': {
    since: '1.35',
    says: 'kube-proxy runs in mode ipvs, which Kubernetes has deprecated in 1.35 and means to disable in 1.40: plan for nftables or iptables',
    source: 'https://github.com/kubernetes/enhancements/issues/5495',
  },
  'git-repo-volume': {
    since: '1.36',
    says: 'a pod has a gitRepo volume, which the API accepts and the kubelet refuses to run from 1.36 on: clone in an init container instead',
    source: EKS_NOTES,
  },
  'ingress-nginx': {
    since: '1.35',
    says: 'Ingress NGINX gets no fixes any more, security fixes included, since its retirement in March 2026: move to another ingress controller or to the Gateway API',
    source: EKS_NOTES,
  },
};

/** What to know of a behaviour in a Kubernetes version; undefined before the change. */
export function behaviourChange(behaviour: ChangedBehaviour, kubernetesVersion: string): string | undefined {
  const { since, says, source } = CHANGES[behaviour];
  return KubernetesMinor.parse(kubernetesVersion).isOlderThan(KubernetesMinor.parse(since)) ? undefined : `${says} (${source})`;
}
