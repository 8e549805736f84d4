import { Drain, RolledNodeGroup } from './rolled-node-groups';
import { DRAIN_MINUTES } from '../../eks/drain-limit';
import { BudgetState } from '../../state/workloads/budget-state';
import { PodState, workloadOf } from '../../state/workloads/pod-state';
import { Observation } from '../check';
import { Subject } from '../finding';

/** Beyond this number, pods are counted. */
const PODS_NAMED = 10;

/** What becomes of the nodes of a deleted node group, whatever cannot be evicted. */
export const NODES_TERMINATED = `EKS terminates the nodes of a deleted node group after ${DRAIN_MINUTES.deletion} minutes all the same` as const;

/** What EKS does to the node groups of pods, out of {@link groupsThatGo}: such as `EKS rolls or deletes node groups gpu and workers`. */
export const GROUPS_GO = 'EKS {isDeleted: deletes|rolls}{alsoDeletes? or deletes} {groups: node group|node groups} {groups and}';

/** A workload as the subject of an observation. */
export function aboutWorkload(pod: PodState, { nameOf }: Drain): Subject {
  return { kind: 'workload', name: nameOf(pod) };
}

/** Such as `2 pods of Deployment web` or `pod db`. */
export function podsInWords(pods: readonly PodState[]): string {
  const [{ owner, name }] = pods;
  if (owner) return `${countOfPods(pods.length)} of ${owner.kind} ${owner.name}`;
  return pods.length === 1 ? `pod ${name}` : `${pods.length} bare pods`;
}

/** Such as `PodDisruptionBudget web (minAvailable 3)`. */
export function budgetInWords({ name, minAvailable, maxUnavailable }: BudgetState): string {
  const says = maxUnavailable !== undefined ? `maxUnavailable ${maxUnavailable}` : `minAvailable ${minAvailable ?? 0}`;
  return `PodDisruptionBudget ${name} (${says})`;
}

/** Where pods run, one line each. */
export function whereInWords(pods: readonly PodState[], { groupOfNode }: Drain): string[] {
  return lineForEach(pods, ({ namespace, name, node = '' }) => `${namespace}/${name} on ${node} (node group ${groupOfNode.get(node)?.name})`);
}

/** A line for each pod, as far as pods are named. */
export function lineForEach(pods: readonly PodState[], line: (pod: PodState) => string): string[] {
  const lines = pods.slice(0, PODS_NAMED).map(line);
  return pods.length > PODS_NAMED ? [...lines, `and ${pods.length - PODS_NAMED} more`] : lines;
}

/** The node groups whose nodes pods are on. */
export function groupsOf(pods: readonly PodState[], { groupOfNode }: Drain): RolledNodeGroup[] {
  return [...new Set(pods.flatMap(({ node = '' }) => groupOfNode.get(node) ?? []))];
}

/** The names of the node groups whose nodes pods are on. */
export function groupNamesOf(pods: readonly PodState[], drained: Drain): string[] {
  return groupsOf(pods, drained).map(({ name }) => name).sort();
}

/** Node groups that make pods go, and how, for {@link GROUPS_GO}. */
export interface GroupsThatGo {
  readonly groups: readonly string[];
  /** Whether EKS deletes the node groups of all the pods, and with them the pods. */
  readonly isDeleted: boolean;
  /** Whether it deletes some of several, and rolls the others. */
  readonly alsoDeletes: boolean;
}

/** The node groups whose nodes pods are on, and what EKS does to them. */
export function groupsThatGo(pods: readonly PodState[], drained: Drain): GroupsThatGo {
  const groups = groupsOf(pods, drained);
  const isDeleted = groups.every(({ isRemoved }) => isRemoved);
  return { groups: groupNamesOf(pods, drained), isDeleted, alsoDeletes: !isDeleted && groups.some(({ isRemoved }) => isRemoved) };
}

/** Those of a workload as one, after the first of them: what else there is to say of it stands below. */
export function oneForEachWorkload(observations: readonly Observation[]): Observation[] {
  const byName = new Map<string, Observation>();
  for (const observation of observations) {
    const first = byName.get(observation.about.name);
    byName.set(observation.about.name, first ? { ...first, details: [...first.details ?? [], observation.message] } : observation);
  }
  return [...byName.values()];
}

export function countOfPods(count: number): string {
  return count === 1 ? '1 pod' : `${count} pods`;
}

/** By workload, in the order in which they come. */
export function byWorkload(pods: readonly PodState[]): PodState[][] {
  const workloads = new Map<string, PodState[]>();
  for (const pod of pods) {
    const key = `${pod.owner?.kind}/${workloadOf(pod)}`;
    const others = workloads.get(key);
    if (others) others.push(pod);
    else workloads.set(key, [pod]);
  }
  return [...workloads.values()];
}
