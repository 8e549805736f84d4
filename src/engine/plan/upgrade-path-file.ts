import { says } from './messages';
import { judgeSkew } from '../kubernetes/kubelet-skew';
import { KubernetesMinor } from '../kubernetes/kubernetes-minor';
import { Said } from '../messages/message';
import { refusal } from '../messages/refusal';
import { contextKey } from '../state/context-key';

/** The file that `plan --write` leaves unless it is told another one. */
export const UPGRADE_PATH_FILE = 'upgrade-path.json';

/** The way of a cluster through several minors, step by step, as a file holds it. */
export interface ClusterPath {
  /** Construct path of the cluster. */
  readonly cluster: string;
  readonly account: string;
  readonly region: string;
  /** The version that the app itself names: once it names another one, the path says nothing any more. */
  readonly appVersion: string;
  /** The first one is the cluster as it was when the path was written; each of the others is what one deployment makes of it. */
  readonly steps: readonly PathStep[];
}

/** What an app wants of its cluster in one step. */
export interface PathStep {
  /** What the deployment moves, for those who review the file. */
  readonly does: readonly string[];
  /** The Kubernetes minor of the control plane. */
  readonly version: string;
  /** The minors of node groups that stay behind it, by construct path; all others have its own. */
  readonly nodesHeldAt: Readonly<Record<string, string>>;
  /** The releases that node groups run, by construct path: for those whose app pins one of another minor, or one for another minor. */
  readonly releases: Readonly<Record<string, string>>;
  /** The versions of add-ons that have to be pinned in the step, by name. */
  readonly addOns: Readonly<Record<string, string>>;
}

/** The step that the context pins. */
export interface PinnedStep {
  readonly step: number;
  /** Of the control plane in that step: a file that was written anew is told by it. */
  readonly version: string;
}

type Place = Pick<ClusterPath, 'cluster' | 'account' | 'region'>;

/** The key of the pinned step in `cdk.context.json`. */
export function stepKey({ cluster, account, region }: Place): string {
  return contextKey('step', { account, cluster, region });
}

/** The path of a cluster among others; undefined where there is none. */
export function pathOf(paths: readonly ClusterPath[], { cluster, account, region }: Place): ClusterPath | undefined {
  return paths.find((path) => path.cluster === cluster && path.account === account && path.region === region);
}

/** The path as the value of a file. */
export function upgradePathFile(paths: readonly ClusterPath[]): object {
  return { schemaVersion: 1, paths };
}

/**
 * Reads the value of a file.
 *
 * @throws if it holds no paths, two of one cluster, one that is malformed, or one that no cluster can go
 */
export function upgradePathsIn(value: unknown, file: string): ClusterPath[] {
  const { schemaVersion, paths } = (value ?? {}) as { readonly schemaVersion?: unknown; readonly paths?: unknown };
  if (schemaVersion !== 1 || !Array.isArray(paths)) {
    throw refusal(says.noPath({ file }));
  }
  const read = paths.map((path) => checked((path ?? {}) as Partial<ClusterPath>, file));
  const twice = read.find((path) => pathOf(read, path) !== path);
  if (twice) throw refusal(says.pathTwice({ file, cluster: twice.cluster, account: twice.account, region: twice.region }));
  return read;
}

/**
 * The number of the step that the context pins; undefined where it pins none.
 *
 * @throws if the file has no such step
 */
export function pinnedStepOf({ steps }: ClusterPath, value: unknown, key: string, file: string): number | undefined {
  if (value === undefined) return undefined;
  const { step, version } = (value ?? {}) as Partial<PinnedStep>;
  if (typeof step !== 'number' || steps[step] === undefined || steps[step].version !== version) {
    throw refusal(says.stepOfNone({ step: JSON.stringify(value), key, file }));
  }
  return step;
}

/** A step in words: `step 2 of 5 (1.36, nodes of Prod/Cluster/NodegroupWorkers at 1.34)`. */
export function describePathStep({ steps }: ClusterPath, step: number): string {
  const { version, nodesHeldAt } = steps[step];
  const held = Object.entries(nodesHeldAt).map(([path, minor]) => `, nodes of ${path} at ${minor}`).join('');
  return `step ${step} of ${steps.length - 1} (${version}${held})`;
}

function checked(path: Partial<ClusterPath>, file: string): ClusterPath {
  const { cluster, account, region, appVersion, steps } = path;
  if ([cluster, account, region, appVersion].some((text) => typeof text !== 'string') || !Array.isArray(steps) || steps.length === 0) {
    throw refusal(says.pathIncomplete({ file }));
  }
  const read = (steps as unknown[]).map((step, index) => stepIn(step, { file, index, cluster: cluster! }));
  read.forEach((step, index) => {
    const problem = problemOf({ file, index, cluster: cluster! }, step, read[index - 1]);
    if (problem) throw refusal(problem);
  });
  return { ...path as ClusterPath, steps: read };
}

/** What a step holds by construct path, or by name of an add-on, and how it is written. */
const LISTS = {
  nodesHeldAt: '{"Prod/Cluster/NodegroupWorkers": "1.34"}',
  releases: '{"Prod/Cluster/NodegroupWorkers": "1.34.2-20260714"}',
  addOns: '{"kube-proxy": "v1.34.1-eksbuild.2"}',
};

function stepIn(step: unknown, place: PlaceInFile): PathStep {
  const malformed = (part: string, value: unknown, wanted: string) =>
    refusal(says.stepMalformed({ ...place, part, value: JSON.stringify(value) ?? 'missing', wanted }));
  if (typeof step !== 'object' || step === null) throw malformed('the step', step, 'an object such as {"version": "1.34"}');
  const { does = [], version, nodesHeldAt = {}, releases = {}, addOns = {} } = step as Partial<PathStep>;
  if (typeof version !== 'string') throw malformed('version', version, 'one such as "1.34", with quotes');
  const lists = { nodesHeldAt, releases, addOns };
  for (const name of Object.keys(LISTS) as (keyof typeof LISTS)[]) {
    const isOfTexts = isObject(lists[name]) && Object.values(lists[name]).every((value) => typeof value === 'string');
    if (!isOfTexts) throw malformed(name, lists[name], `what is such as ${LISTS[name]}, with quotes`);
  }
  return { does, version, ...lists };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Which step of a file a message is about. */
interface PlaceInFile {
  readonly file: string;
  readonly index: number;
  readonly cluster: string;
}

/** People edit the file: what they make of it must be a way that EKS goes. */
function problemOf(place: PlaceInFile, step: PathStep, before: PathStep | undefined): Said | undefined {
  const version = KubernetesMinor.parse(step.version);
  const climb = before ? version.minorsAheadOf(KubernetesMinor.parse(before.version)) : 0;
  if (climb < 0 || climb > 1) {
    return says.controlPlaneLeaps({ ...place, before: before!.version, version });
  }
  for (const [path, minor] of Object.entries(step.nodesHeldAt)) {
    const nodes = KubernetesMinor.parse(minor);
    const standing = judgeSkew(version, nodes);
    if (standing === 'ahead') {
      return says.nodesAhead({ ...place, nodeGroup: path, nodes, version });
    }
    if (standing === 'too far behind') {
      return says.nodesTooFarBehind({ ...place, nodeGroup: path, nodes, version });
    }
    const earlier = before && (before.nodesHeldAt[path] ?? before.version);
    if (earlier !== undefined && KubernetesMinor.parse(earlier).isNewerThan(nodes)) {
      return says.nodesGoBack({ ...place, nodeGroup: path, earlier, nodes });
    }
  }
  return undefined;
}
