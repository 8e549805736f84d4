import { commandOf } from './by-hand';
import { preparationOf } from './preparation';
import { unsentSteps } from './unsent-steps';
import { constructNamesOf } from '../../engine/change/construct-names';
import { nodeGroupNameOf } from '../../engine/change/deployment-intent';
import { obeysContext } from '../../engine/declaration/cluster-declaration';
import { RollbackEntry, rollbackEntryIn, rollbackKey, rollbackKeyPrefix } from '../../engine/declaration/rollback-entry';
import { clusterActive } from '../../engine/judgement/checks/cluster-active';
import { rollbackInsights } from '../../engine/judgement/checks/rollback-insights';
import { supportPolicy } from '../../engine/judgement/checks/support-policy';
import { targetSupported } from '../../engine/judgement/checks/target-supported';
import { updateInProgress } from '../../engine/judgement/checks/update-in-progress';
import { versionRollback } from '../../engine/judgement/checks/version-rollback';
import { Finding } from '../../engine/judgement/finding';
import { WantedCluster } from '../../engine/judgement/wanted-cluster';
import { KubernetesMinor } from '../../engine/kubernetes/kubernetes-minor';
import { Said } from '../../engine/messages/message';
import { sentence } from '../../engine/messages/sentence';
import { JudgedDeployment } from '../../engine/plan/deployment';
import { describePlanStep, PlanStep } from '../../engine/plan/plan-step';
import { stepKey } from '../../engine/plan/upgrade-path-file';
import { planUpgrade } from '../../engine/plan/upgrade-plan';
import { runningKey } from '../app/running-rollback';
import { describeGap, gapsOnTheWay } from '../clusters/cluster-gaps';
import { ClusterPlace, CommandCluster, placeOf } from '../clusters/live-clusters';
import { cannot } from '../messages';

/** How a cluster goes back, or why it does not. Plain data: the JSON of `rollback` holds it as it is, but for the entry. */
export type ClusterRollback = ClusterPlace & (
  | { readonly toBeCreated: true }
  | { readonly done: true; readonly to: string; readonly isOnPath?: true }
  | WayBack
);

type WayBack =
  | { readonly unreadable: string }
  | { readonly impossible: string }
  | { readonly refused: readonly Finding[]; readonly to: string }
  | GoingBack;

/** What the next deployment rolls back. */
export interface GoingBack {
  readonly from: string;
  readonly to: string;
  readonly stage: RollbackEntry['stage'];
  /** What it does, in order. */
  readonly steps: readonly string[];
  /** What the deployment after it does; empty where there is none. */
  readonly then: readonly string[];
  /** What cannot be answered. */
  readonly open: readonly string[];
  readonly contextKey: string;
  readonly entry: RollbackEntry;
}

/**
 * Works out how a cluster goes back one minor, from where it is: what an earlier step has rolled back is not rolled back again.
 *
 * @param declared the version that the app names, or that an entry makes of it
 * @param wanted the version to go back to
 * @param context what `cdk.context.json` holds
 * @throws if an entry in the context is none
 */
export function rollbackOf(
  command: CommandCluster, declared: string | undefined, wanted: string | undefined, context: Readonly<Record<string, unknown>>,
): ClusterRollback {
  const { declaration, read, toBeCreated } = command;
  const cluster = placeOf(command);
  const { path, account, region } = cluster;
  if (toBeCreated) return { ...cluster, toBeCreated };
  if (!read.known) return { ...cluster, unreadable: read.why };
  if (account === undefined || region === undefined || declared === undefined || !obeysContext(declaration)) {
    return {
      ...cluster,
      impossible: sentence(cannot.goBackByContext({})),
    };
  }
  const prefix = rollbackKeyPrefix({ account, region, path });
  const running = runningKey({ ...declaration, version: declared }, context);
  const entry = running === undefined ? undefined : rollbackEntryIn(running, context[running]);
  const { state } = read.value;
  if (entry?.to === state.version) {
    return { ...cluster, done: true, to: state.version, ...declaration.upgradePath?.step !== undefined && { isOnPath: true } };
  }

  const to = wanted ?? entry?.to ?? KubernetesMinor.parse(state.version).plus(-1).toString();
  if (!KubernetesMinor.parse(to).isOlderThan(KubernetesMinor.parse(state.version))) {
    return { ...cluster, impossible: sentence(cannot.goBackUp({ version: state.version, to })) };
  }
  // the entry makes another version of the app's own only when the control plane goes back
  const appVersion = entry?.stage === 'control plane' ? running!.slice(prefix.length) : declared;
  const contextKey = rollbackKey({ account, region, path }, appVersion);
  try {
    return { ...cluster, ...wayBack(read.value, { to, appVersion, contextKey }) };
  } catch (error) {
    return { ...cluster, impossible: (error as Error).message };
  }
}

/** What refuses the way as such; what is still to be rolled back by its first step is no reason. */
const DECIDING = [versionRollback, rollbackInsights, supportPolicy, targetSupported, clusterActive, updateInProgress].map(({ id }) => id);

function wayBack(
  cluster: WantedCluster, { to, appVersion, contextKey }: { readonly to: string; readonly appVersion: string; readonly contextKey: string },
): WayBack {
  const { state, catalog, declaration } = cluster;
  const { deployments, open } = planUpgrade(state, catalog, { version: to }, { ignore: declaration.guard.ignore });
  const errors = [...new Map(deployments.flatMap(errorsOf).map((finding) => [finding.id, finding])).values()];
  if (errors.some(({ unknown }) => !unknown)) return { refused: errors, to };
  const isUnsent = cluster.intent.previousVersion === to;
  const standstill = isUnsent ? undefined : standstillOf(cluster, appVersion);
  if (standstill) return { impossible: sentence(standstill) };
  const unread = [...gapsOnTheWay(cluster, deployments).map(describeGap), ...errors.map(({ message }) => message)];
  if (unread.length > 0) return { unreadable: unread.join('; ') };
  const names = constructNamesOf(cluster.intent);
  const inWords = (step: PlanStep) => describePlanStep(
    step.kind === 'node-group' ? { ...step, constructPath: names.get(step.name) } : step,
  );
  const turn = deployments.findIndex(({ steps }) => steps.some(({ kind }) => kind === 'control-plane'));
  if (isUnsent) {
    const commands = deployments.slice(0, turn + 1).flatMap(({ steps }) => steps.map((step) => commandOf(step, state)));
    return { impossible: sentence(cannot.goBackUnsent({ to, version: state.version, commands, isInOrder: commands.length > 1 })) };
  }
  const before = deployments.slice(0, turn).map(({ steps }) => preparationOf(steps, cluster));
  const [byHand, perhaps] = [before.flatMap((one) => one.byHand), before.flatMap((one) => one.perhaps)];
  const byContext = before.map((one) => one.byContext).filter((steps) => steps.length > 0);
  const unsent = before.flatMap((one) => unsentSteps(one.byContext, cluster));
  if (unsent.length > 0) return { impossible: unsent.map(sentence).join('; ') };
  if (byContext.length === 0 && byHand.length > 0) {
    return { impossible: sentence(cannot.goBackByHandFirst({ steps: byHand.map(inWords) })) };
  }
  const [next, ...later] = [...byContext, ...deployments.slice(turn).map(({ steps }) => steps)];
  const stage = byContext.length > 0 ? 'nodes' : 'control plane';
  return {
    from: state.version,
    to,
    stage,
    steps: next.map(inWords),
    then: later.flatMap((steps) => steps.map(inWords)),
    open: [
      ...byHand.length > 0 ? [sentence(cannot.takeBackByContext({ steps: byHand.map(inWords) }))] : [],
      ...perhaps.length > 0 ? [sentence(cannot.tellMinorOfNodes({ groups: perhaps.map(({ name }) => name), to }))] : [],
      ...open,
      ...deployments.flatMap(({ verdict }) => verdict.findings.filter(isForTheGuard)).map(({ message }) => message),
    ],
    contextKey,
    entry: { to, stage, releases: releasesOf(cluster, to, next), addOns: versionsOf(cluster, next) },
  };
}

/**
 * Why no deployment would take the control plane back, whatever the context holds: while nodes go back, the app's own version counts.
 */
function standstillOf({ state: { version }, declaration }: WantedCluster, appVersion: string): Said | undefined {
  if (appVersion === version) return undefined;
  const { path: cluster, account = '', region = '', upgradePath } = declaration;
  return upgradePath?.step === undefined
    ? cannot.goBackFromOther({ named: appVersion, version })
    : cannot.goBackFromStep({ named: appVersion, version, key: stepKey({ cluster, account, region }) });
}

function errorsOf({ verdict }: JudgedDeployment): Finding[] {
  return verdict.findings.filter((finding) => finding.severity === 'error' && DECIDING.includes(finding.check) && !isForTheGuard(finding));
}

/** The guard lets EKS look at the cluster anew before the control plane goes back; here nothing is asked to. */
function isForTheGuard({ unknown, check }: Finding): boolean {
  return unknown && check === rollbackInsights.id;
}

/** Those that go back now, and those that went back in a step before and shall stay. */
function releasesOf(
  { declaration, state: { nodeGroups }, deployed }: WantedCluster, to: string, steps: readonly PlanStep[],
): Record<string, string> {
  return Object.fromEntries(declaration.nodeGroups.flatMap((group) => {
    const name = nodeGroupNameOf(group, deployed);
    const step = steps.find((candidate) => candidate.kind === 'node-group' && candidate.name === name);
    const live = nodeGroups.known ? nodeGroups.value.find((candidate) => candidate.name === name) : undefined;
    const went = live?.version.known && live.version.value === to ? live.releaseVersion : undefined;
    const release = step?.kind === 'node-group' ? step.releaseVersion : went;
    return release === undefined ? [] : [[group.path, release]];
  }));
}

/** The same of the app's add-ons: tracked ones never go back by themselves, and must not go up again meanwhile. */
function versionsOf({ declaration, state: { addOns } }: WantedCluster, steps: readonly PlanStep[]): Record<string, string> {
  return Object.fromEntries(declaration.addOns.flatMap(({ name }) => {
    const step = steps.find((candidate) => candidate.kind === 'add-on' && candidate.name === name);
    const live = addOns.known ? addOns.value.find((addOn) => addOn.name === name) : undefined;
    const version = step?.kind === 'add-on' ? step.to : live?.version;
    return version === undefined ? [] : [[name, version]];
  }));
}
