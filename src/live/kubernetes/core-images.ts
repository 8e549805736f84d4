import { KubernetesObject } from './kubernetes-api';
import { CORE_DNS, KUBE_PROXY, VPC_CNI } from '../../engine/state/add-on-names';
import { CoreAddOn, CoreImage } from '../../engine/state/workloads/core-image';
import { PodState } from '../../engine/state/workloads/pod-state';

/** By the last part of the image's repository, wherever it comes from. */
const ADD_ONS: Readonly<Record<string, CoreAddOn>> = { 'kube-proxy': KUBE_PROXY, 'amazon-k8s-cni': VPC_CNI, 'coredns': CORE_DNS };

/** The images of kube-proxy, the VPC CNI and CoreDNS that run, each version once. */
export class CoreImages {
  private readonly found = new Map<string, CoreImage>();

  /** Looks at a pod. */
  public note({ spec }: KubernetesObject, { namespace, owner, name }: PodState): void {
    if (namespace !== 'kube-system') return;
    for (const { image = '' } of spec.containers ?? []) {
      const { repository, tag: version } = partsOf(image as string);
      const addOn = ADD_ONS[repository];
      const workload = owner ? `${owner.kind} ${owner.name}` : `pod ${name}`;
      if (addOn !== undefined) this.found.set(`${addOn} ${workload} ${version}`, { addOn, workload, version });
    }
  }

  public get all(): CoreImage[] {
    return [...this.found.values()].sort((a, b) => `${a.addOn} ${a.version}`.localeCompare(`${b.addOn} ${b.version}`));
  }
}

/** Of `registry:5000/eks/coredns:v1.11.4-eksbuild.2@sha256:…`, `coredns` and `v1.11.4-eksbuild.2`. */
function partsOf(image: string): { readonly repository: string; readonly tag?: string } {
  const [repository, tag] = image.split('@')[0].split('/').at(-1)!.split(':');
  return { repository, tag };
}
