import { Change, nodeGroupsOf } from '../../change/change';
import { isChangedIn } from '../../kubernetes/behaviour-changes';
import { KubernetesMinor } from '../../kubernetes/kubernetes-minor';
import { messages } from '../../messages/message';
import { KUBE_PROXY } from '../../state/add-on-names';
import { hasCustomAmi } from '../../state/node-group-state';
import { NodeState, WorkloadState } from '../../state/workloads/workload-state';
import { aboutCluster, Check, Observation } from '../check';

const EKS_NOTES = 'https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-standard.html';

/** From this minor on, Kubernetes supports containerd 2 only, as EKS's notes on 1.35 say. */
const CONTAINERD_2_ONLY = KubernetesMinor.parse('1.36');

/** Whose nodes get their container runtime from AWS. */
const PROVIDED_BY_AWS = ['fargate', 'auto'];

const CONTAINERD_IMAGE = "replace these nodes with an image that has containerd 2, as EKS's own images of 1.34 and newer have";

const says = messages({
  ipvs: {
    text: 'it runs in mode ipvs, which Kubernetes deprecated in 1.35 and plans to disable in 1.40',
    remedy: "plan for nftables or iptables: mode in the ConfigMap kube-proxy-config, or in the configuration of EKS's add-on",
  },
  ingressNginx: {
    text: 'it runs Ingress NGINX, which was retired in March 2026 and gets no fixes any more, security fixes included',
    remedy: 'plan for another ingress controller or the Gateway API',
  },
  externalIps: {
    text: '{count: # Service has|# Services have} externalIPs, which Kubernetes deprecated in 1.36 and plans to disable in 1.40 '
      + 'at the earliest',
    remedy: 'plan for a load balancer or the Gateway API',
  },
  containerd: {
    text: '{count: # of its nodes runs|# of its nodes run} containerd 1, which Kubernetes does not support from {since} on',
    remedy: CONTAINERD_IMAGE,
  },
  othersContainerd: {
    text: '{count: # node|# nodes} outside of managed node groups {count: runs|run} containerd 1, which Kubernetes does not '
      + 'support from {since} on',
    remedy: CONTAINERD_IMAGE,
  },
});

/**
 * What runs in the cluster does not rely on what the wanted Kubernetes version treats otherwise.
 *
 * The same is noted at synth of what the app itself applies; here it is seen in the live cluster, where workloads are looked at,
 * and as far as
 * they may be read: kube-proxy in mode `ipvs`, Ingress NGINX, Services with `externalIPs`. All of these still work: informations.
 * A warning: nodes of a custom AMI with containerd 1, since the image of the next ones may have it, too; an information of
 * nodes outside of managed node groups. EKS's own images bring containerd 2 with the roll.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions-standard.html
 * @see https://kubernetes.io/blog/2026/05/18/kubernetes-v1-36-deprecation-and-removal-of-service-externalips/
 * @see https://github.com/kubernetes/enhancements/issues/5495
 */
export const changedBehaviour: Check = {
  id: 'changed-behaviour',
  severity: 'info',
  source: EKS_NOTES,
  messages: says,

  * examine(change) {
    const { state: { workloads }, target, direction } = change;
    if (!workloads?.known || direction === 'down') return;
    const { kubeProxyMode, ingressNginx = [], externalIpServices = [] } = workloads.value;
    if (kubeProxyMode === 'ipvs' && isChangedIn('ipvs', target)) yield { about: { kind: 'add-on', name: KUBE_PROXY }, ...says.ipvs({}) };
    if (isChangedIn('ingress-nginx', target)) {
      for (const name of ingressNginx) yield { about: { kind: 'workload', name }, ...says.ingressNginx({}) };
    }
    if (externalIpServices.length > 0 && isChangedIn('external-ips', target)) {
      yield { about: aboutCluster(change), ...says.externalIps({ count: externalIpServices.length }), details: externalIpServices };
    }
    if (!target.isOlderThan(CONTAINERD_2_ONLY)) yield* outdatedRuntimes(workloads.value, change);
  },
};

function* outdatedRuntimes({ nodes }: WorkloadState, change: Change): Iterable<Observation> {
  const outdated = nodes.filter(({ containerRuntime = '', computeType = '' }) => (
    /^containerd:\/\/v?[01]\./.test(containerRuntime) && !PROVIDED_BY_AWS.includes(computeType)
  ));
  const since = CONTAINERD_2_ONLY;
  for (const { name } of nodeGroupsOf(change).filter(hasCustomAmi)) {
    const own = outdated.filter(({ nodeGroup }) => nodeGroup === name);
    if (own.length > 0) {
      yield {
        about: { kind: 'node group', name },
        severity: 'warning',
        ...says.containerd({ count: own.length, since }),
        details: own.map(runtimeOf),
      };
    }
  }
  const others = outdated.filter(({ nodeGroup }) => nodeGroup === undefined);
  if (others.length > 0) {
    yield { about: aboutCluster(change), ...says.othersContainerd({ count: others.length, since }), details: others.map(runtimeOf) };
  }
}

function runtimeOf({ name, containerRuntime }: NodeState): string {
  return `${name}: ${containerRuntime}`;
}
