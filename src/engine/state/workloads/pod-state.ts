/** What is kept of a pod. */
export interface PodState {
  readonly namespace: string;
  readonly name: string;
  /** Absent until the scheduler has placed it. */
  readonly node?: string;
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  /** Whether it is ready, which is what budgets count as healthy. */
  readonly isReady: boolean;
  /** Whether it is being deleted. */
  readonly isTerminating: boolean;
  /** Whether the kubelet of the node made it from a file: nobody evicts such a pod. */
  readonly isMirror: boolean;
  /** The labels that selectors of budgets and webhooks ask for; others are not kept. */
  readonly labels: Readonly<Record<string, string>>;
  /** Who brings the pod back; absent for a bare pod, which nobody does. */
  readonly owner?: PodOwner;
  /** How long it may take to end. */
  readonly graceSeconds: number;
  /** What keeps it from running on any new node, in words such as `zone us-east-1a (volume data)`. */
  readonly ties: readonly PodTie[];
  /** The volumes whose data stay behind on the node. */
  readonly localVolumes: readonly LocalVolume[];
  /** The names of its `gitRepo` volumes. */
  readonly gitRepoVolumes?: readonly string[];
  /** Whether it tolerates every taint that keeps pods off a node, that of a cordoned one as well. @default false */
  readonly toleratesAll?: boolean;
  /** Why the scheduler finds no node for it, in its own words. */
  readonly unschedulable?: string;
  /** Whether a container tells when it can serve; without, a pod is ready as soon as its containers run. */
  readonly hasReadinessProbe?: boolean;
  /** From its start until it was ready, where it was so at the first go. */
  readonly readyAfterSeconds?: number;
}

/** What made a pod. */
export interface PodOwner {
  /** `Deployment`, `StatefulSet`, `DaemonSet`, `Job`, … */
  readonly kind: string;
  readonly name: string;
}

/** A volume that exists on one node only. */
export interface LocalVolume {
  readonly name: string;
  readonly kind: 'emptyDir' | 'hostPath' | 'local';
}

/** Where alone a pod can run. */
export interface PodTie {
  readonly to: 'zone' | 'node' | 'node group';
  /** The names of the zones, nodes or node groups. */
  readonly names: readonly string[];
  /** What ties it, such as `volume data` or `nodeSelector`. */
  readonly by: string;
}

/** What a volume ties a pod by: its data are nowhere else. */
export const VOLUME_DATA = 'volume data';

/** Whether a pod has ended. */
export function isFinished({ phase }: PodState): boolean {
  return phase === 'Succeeded' || phase === 'Failed';
}

/**
 * Owners that replace a pod as soon as it is being deleted. Others bring it back once it has ended, under the same name or on the same
 * node: StatefulSets and DaemonSets, and what operators have in their place, such as a `StrimziPodSet`.
 */
const REPLACING_OWNERS = ['Deployment', 'ReplicaSet', 'Rollout', 'ReplicationController', 'Job', 'CloneSet'];

/**
 * Whether a pod is being deleted and does not come back: its owner has replaced it already, or wants less of them, or it has none.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#deployment-and-scaling-guarantees
 */
export function isLeaving({ isTerminating, owner }: PodState): boolean {
  return isTerminating && (owner === undefined || REPLACING_OWNERS.includes(owner.kind));
}

/** What a pod is called by: who owns it, or itself. */
export function workloadOf({ namespace, name, owner }: PodState): string {
  return `${namespace}/${owner?.name ?? name}`;
}

/** What the workloads of a cluster are called by, each by a name of its own: with the kind where several of a namespace share a name. */
export function workloadNamesOf(pods: readonly PodState[]): (pod: PodState) => string {
  const kinds = new Map<string, Set<string>>();
  for (const pod of pods.filter((one) => !isFinished(one))) {
    const name = workloadOf(pod);
    kinds.set(name, (kinds.get(name) ?? new Set()).add(kindOf(pod)));
  }
  return (pod) => {
    const name = workloadOf(pod);
    return (kinds.get(name)?.size ?? 0) > 1 ? `${pod.namespace}/${kindOf(pod)}/${pod.owner?.name ?? pod.name}` : name;
  };
}

function kindOf({ owner }: PodState): string {
  return owner?.kind ?? 'Pod';
}
