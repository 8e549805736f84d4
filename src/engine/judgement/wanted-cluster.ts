import { CHECKS } from './checks';
import { insightAge } from './checks/insight-age';
import { AcceptedFinding, Finding } from './finding';
import { changeToJudge, evaluate, EvaluateOptions } from './verdict';
import { Change } from '../change/change';
import { leavesDeployment, partsOf } from '../change/cluster-in-templates';
import { intentOf } from '../change/deployment-intent';
import { scheduleOf } from '../change/roll-order';
import { UpgradeIntent } from '../change/upgrade-intent';
import { ClusterDeclaration } from '../declaration/cluster-declaration';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { ClusterState } from '../state/cluster-state';
import { ADD_ON_TYPE, DeployedStack, hasStopped, NODE_GROUP_TYPE, TemplateResources } from '../state/deployed-stack';
import { Known, known, Unknown } from '../state/known';
import { LiveEnvironment } from '../state/live-view';
import { RegionCatalog } from '../state/region-catalog';
import { supportOf, SupportStanding } from '../state/support-standing';
import { openWayBack } from '../state/version-history';

/** A cluster that was read, beside what an app wants of it. */
export interface WantedCluster {
  readonly declaration: ClusterDeclaration;
  readonly state: ClusterState;
  readonly catalog: RegionCatalog;
  /** The stacks of its environment that could be read, by name. */
  readonly deployed: Readonly<Record<string, DeployedStack>>;
  /** What the templates hold, by name of the stack. */
  readonly wanted: Readonly<Record<string, TemplateResources>>;
  readonly intent: UpgradeIntent;
}

/** What tells in which stacks the parts of a cluster are. */
export type PlacedCluster = Pick<WantedCluster, 'declaration' | 'state' | 'wanted' | 'deployed'>;

/**
 * The stacks of an environment by name, for {@link wantedCluster}; not known where one that holds the cluster, or a part of it, could not be
 * read, since what it has would pass for new, nor where one that is deleted could not be.
 */
export function deployedFor(
  { declaration, state, wanted }: Pick<WantedCluster, 'declaration' | 'state' | 'wanted'>, stacks: LiveEnvironment['stacks'],
): Known<WantedCluster['deployed']> {
  const deployed = Object.fromEntries(Object.entries(stacks).flatMap(([name, stack]) => stack.known ? [[name, stack.value]] : []));
  const leaving = Object.keys(stacks).filter((name) => leavesDeployment(name, { wanted, deployed }));
  const needed = [...stacksHolding({ declaration, state, wanted, deployed }), ...leaving].map((name) => stacks[name]);
  return needed.find((stack): stack is Unknown => stack?.known === false) ?? known(deployed);
}

/** The names of the stacks that hold a cluster and its parts, each once. */
export function stacksHolding({ declaration, state, wanted, deployed }: PlacedCluster): string[] {
  const parts = ([NODE_GROUP_TYPE, ADD_ON_TYPE] as const).flatMap((type) => partsOf(type, declaration, state.name, { wanted, deployed }));
  return [...new Set([declaration, ...parts].map(({ stackName }) => stackName))];
}

/** Puts what an app wants of a cluster beside what is live. */
export function wantedCluster(cluster: Omit<WantedCluster, 'intent'>): WantedCluster {
  const { declaration, state, wanted, deployed, catalog } = cluster;
  const intent = intentOf(declaration, state.name, { wanted, deployed }, catalog);
  const isLeftBehind = hasLeftBehind(state, intent, declaration, deployed[declaration.stackName]);
  return { ...cluster, intent: isLeftBehind ? { ...intent, previousVersion: intent.version } : intent };
}

/**
 * Whether others have taken a cluster beyond the version of an update that has stopped: one to which EKS does not go back is not what
 * CloudFormation still has to send.
 */
function hasLeftBehind(
  state: ClusterState, { version, isFirstVersion }: UpgradeIntent, { logicalId }: ClusterDeclaration, stack: DeployedStack | undefined,
): boolean {
  if (logicalId === undefined || version === undefined || isFirstVersion || !stack || !hasStopped(stack)) return false;
  return !stack.failed?.includes(logicalId) && version !== openWayBack(state)
    && KubernetesMinor.parse(version).isOlderThan(KubernetesMinor.parse(state.version));
}

/** What there is to say of a cluster: the same in preview and command line. */
export interface ClusterStanding {
  /** Of a version that the cluster runs or shall run; absent where EKS does not tell. */
  readonly support?: SupportStanding;
  /** What is wrong or worth knowing. */
  readonly findings: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
  /** What could not be read, in words. */
  readonly unread: readonly string[];
}

/** By what the guard of a cluster judges, for faces that judge before it; one that is disabled asks EKS for nothing. */
export function guardOptionsOf({ declaration, deployed }: Pick<WantedCluster, 'declaration' | 'deployed'>): EvaluateOptions {
  const { mode, ignore, maxInsightAgeMinutes, workloads } = declaration.guard;
  return {
    ignore,
    schedule: scheduleOf(declaration, deployed),
    ...mode !== 'disabled' && { maxInsightAgeHours: maxInsightAgeMinutes / 60, isBeforeGuard: true, willGuardLookInside: workloads },
  };
}

/** What a deployment changes of a cluster, as {@link standingOf} judges it. */
export function changeOfDeployment(cluster: WantedCluster): Change {
  return changeToJudge(cluster.state, cluster.catalog, cluster.intent, guardOptionsOf(cluster));
}

/**
 * Judges what an app wants of a cluster.
 *
 * @param version whose support is looked at
 */
export function standingOf(cluster: WantedCluster, version: string): ClusterStanding {
  const { state, catalog, intent } = cluster;
  const { findings, accepted } = evaluate(state, catalog, intent, guardOptionsOf(cluster));
  return {
    support: supportOf(version, state, catalog),
    findings: findings.filter((finding) => !isUnread(finding)).map(asInformation),
    accepted,
    unread: [...new Set(findings.filter(isUnread).map(sayUnread))],
  };
}

/** What could not be read, in words; of the cluster itself, the message alone tells. */
export function sayUnread({ about, subject, message }: Finding): string {
  return about.kind === 'cluster' ? message : `${subject}: ${message}`;
}

/**
 * The guard lets EKS look anew where insights are older than it allows, which faces that only read cannot: a gap until then. What is no
 * more than an information when it is not known, such as the room for new nodes, is no gap.
 */
function isUnread({ unknown, check, severity }: Finding): boolean {
  return (unknown && severity !== 'info' && !looksInside(check)) || (check === insightAge.id && severity === 'info');
}

function looksInside(check: string): boolean {
  return CHECKS.some(({ id, looksInside: isInside }) => id === check && isInside);
}

/** Where the caller does not reach the Kubernetes API, the rest is complete all the same. */
function asInformation(finding: Finding): Finding {
  return finding.unknown ? { ...finding, severity: 'info' } : finding;
}
