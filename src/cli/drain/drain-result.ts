import { NodeGroupIntent, UpgradeIntent } from '../../engine/change/upgrade-intent';
import { drain } from '../../engine/judgement/checks/drain';
import { drainTime } from '../../engine/judgement/checks/drain-time';
import { podsLost } from '../../engine/judgement/checks/pods-lost';
import { podsUnschedulable } from '../../engine/judgement/checks/pods-unschedulable';
import { selfManagedAddOn } from '../../engine/judgement/checks/self-managed-add-on';
import { webhooks } from '../../engine/judgement/checks/webhooks';
import { Finding } from '../../engine/judgement/finding';
import { changeToJudge, evaluate } from '../../engine/judgement/verdict';
import { WantedCluster } from '../../engine/judgement/wanted-cluster';
import { rolledNodeGroups } from '../../engine/judgement/workloads/rolled-node-groups';
import { ClusterState } from '../../engine/state/cluster-state';
import { ClusterPlace, CommandCluster, placeOf } from '../clusters/live-clusters';
import { wrongUse } from '../command-error';
import { ExitCode, exitCodeFor } from '../exit-code';
import { orNone, says } from '../messages';

/** What a drain of some nodes would meet. Plain data: the JSON of `drain` holds it as it is. */
export type DrainResult = ClusterPlace & (RehearsedDrain | { readonly unreadable: string } | { readonly toBeCreated: true });

/** A drain that was rehearsed. */
export interface RehearsedDrain {
  /** The node groups whose nodes are drained. */
  readonly nodeGroups: readonly string[];
  readonly nodes: number;
  readonly pods: number;
  /** Whether nothing blocks it for ever that was not accepted. */
  readonly drains: boolean;
  readonly findings: readonly Finding[];
  readonly accepted: readonly Finding[];
}

/** Of a cluster that has none of the named node groups, whatever runs in it. */
const NOTHING_TO_DRAIN: RehearsedDrain = { nodeGroups: [], nodes: 0, pods: 0, drains: true, findings: [], accepted: [] };

const CHECKS = [drain, drainTime, podsLost, podsUnschedulable, webhooks, selfManagedAddOn].map(({ id }) => id);

/**
 * Rehearses the drain of each cluster.
 *
 * @param names the node groups, each in the clusters that have it; without any those that the app would roll, or all where there is no app
 * @throws CommandError if no cluster has one of them
 */
export function rehearseDrains(clusters: readonly CommandCluster[], names: readonly string[], withoutApp: boolean): DrainResult[] {
  refuseUnknown(names, clusters);
  return clusters.map((cluster) => rehearseDrain(cluster, names, withoutApp));
}

/** Where node groups could not be read, one of them may have the name. */
function refuseUnknown(names: readonly string[], clusters: readonly CommandCluster[]): void {
  const existing = clusters.filter(({ toBeCreated }) => !toBeCreated);
  const states = existing.flatMap(({ read }) => read.known && read.value.state.nodeGroups.known ? [read.value.state] : []);
  if (existing.length === 0 || states.length < existing.length) return;
  const there = [...new Set(states.flatMap(nodeGroupNames))];
  const unknown = names.find((name) => !there.includes(name));
  if (unknown !== undefined) {
    throw wrongUse(says.noNodeGroup({ clusters: states.map(({ name }) => name), nodeGroup: unknown, nodeGroups: orNone(there) }));
  }
}

/** Where a node group could not be described, it is not known whether the nodes drain. */
function rehearseDrain(command: CommandCluster, names: readonly string[], withoutApp: boolean): DrainResult {
  const { declaration: { guard }, read, toBeCreated } = command;
  const cluster = placeOf(command);
  if (toBeCreated) return { ...cluster, toBeCreated };
  if (!read.known) return { ...cluster, unreadable: read.why };
  const { state, catalog } = read.value;
  if (!state.nodeGroups.known) return { ...cluster, unreadable: state.nodeGroups.why };
  if (names.length > 0 && !nodeGroupNames(state).some((group) => names.includes(group))) return { ...cluster, ...NOTHING_TO_DRAIN };
  if (!state.workloads?.known) return { ...cluster, unreadable: state.workloads?.why ?? 'nobody asked' };

  const intent = intentOf(read.value, names, withoutApp);
  const unread = state.unreadNodeGroups.filter((part) => intent.nodeGroups?.[part.name]);
  if (unread.length > 0) {
    return { ...cluster, unreadable: unread.map((part) => `node group ${part.name} could not be read: ${part.why}`).join('; ') };
  }
  const groups = rolledNodeGroups(changeToJudge(state, catalog, intent, {})).map((group) => group.name);
  const { findings, accepted } = evaluate(state, catalog, intent, { ignore: guard.ignore });
  const nodes = new Set(state.workloads.value.nodes.filter(({ nodeGroup = '' }) => groups.includes(nodeGroup)).map((node) => node.name));
  const isOfDrain = ({ check }: Finding) => CHECKS.includes(check);
  return {
    ...cluster,
    nodeGroups: groups,
    nodes: nodes.size,
    pods: state.workloads.value.pods.filter(({ node = '' }) => nodes.has(node)).length,
    drains: !findings.some((finding) => isOfDrain(finding) && finding.severity === 'error'),
    findings: findings.filter(isOfDrain),
    accepted: accepted.filter(isOfDrain),
  };
}

/** With which code to exit. */
export function exitCodeOf(results: readonly DrainResult[]): ExitCode {
  return exitCodeFor({
    isFound: results.some((result) => 'drains' in result && !result.drains),
    isUnread: results.some((result) => 'unreadable' in result),
  });
}

function intentOf({ state, intent }: WantedCluster, names: readonly string[], withoutApp: boolean): UpgradeIntent {
  if (names.length === 0 && !withoutApp) return intent;
  const rolled = nodeGroupNames(state).filter((name) => names.length === 0 || names.includes(name));
  const intentOfGroup = (name: string): NodeGroupIntent => ({ isRolled: true, isForced: intent.nodeGroups?.[name]?.isForced });
  return { nodeGroups: Object.fromEntries(rolled.map((name) => [name, intentOfGroup(name)])) };
}

function nodeGroupNames({ nodeGroups, unreadNodeGroups }: ClusterState): string[] {
  return [...nodeGroups.known ? nodeGroups.value : [], ...unreadNodeGroups].map(({ name }) => name);
}
