import { Element, picture, text } from './svg';
import { HeldPods, heldPods } from '../../src/engine/judgement/workloads/rehearsal';
import { settled } from '../../src/engine/judgement/workloads/settled';
import { known } from '../../src/engine/state/known';
import { BudgetState } from '../../src/engine/state/workloads/budget-state';
import { PodState } from '../../src/engine/state/workloads/pod-state';
import { WorkloadState } from '../../src/engine/state/workloads/workload-state';

const NODES = ['old-1', 'old-2', 'other'];
const DRAINED = new Set(NODES.slice(0, 2));

/** Pods of one owner, or of none, on the nodes of the picture. */
interface Row {
  readonly name: string;
  readonly kind?: string;
  /** How many on each node. */
  readonly on: readonly [number, number, number];
  readonly unready?: readonly string[];
  readonly budgets: readonly Pick<BudgetState, 'minAvailable' | 'maxUnavailable'>[];
}

/** One of each kind of verdict. */
const ROWS: readonly Row[] = [
  { name: 'web', kind: 'Deployment', on: [1, 1, 0], budgets: [{ maxUnavailable: '1' }] },
  { name: 'cart', kind: 'Deployment', on: [1, 1, 0], budgets: [{ minAvailable: '2' }] },
  { name: 'search', kind: 'Deployment', on: [1, 1, 1], unready: ['search-3'], budgets: [{ maxUnavailable: '1' }] },
  { name: 'broken', kind: 'Deployment', on: [1, 0, 2], unready: ['broken-1'], budgets: [{ minAvailable: '2' }] },
  { name: 'db', kind: 'StatefulSet', on: [0, 1, 1], budgets: [{ maxUnavailable: '1' }, { minAvailable: '1' }] },
  { name: 'tool', on: [2, 1, 0], budgets: [{ minAvailable: '1' }] },
  { name: 'log', kind: 'DaemonSet', on: [1, 1, 1], budgets: [] },
];

/** What the rehearsal says of pods. */
type Verdict = 'goes' | 'never' | 'not now' | 'stays';

const KINDS: Readonly<Record<Verdict, string>> = { 'goes': 'good', 'never': 'bad', 'not now': 'move', 'stays': '' };

/** The rehearsal of a small cluster: every verdict is the engine's. */
export function rehearsal(): string {
  const state = workloads();
  const [forEver, now] = [heldPods(settled(state), DRAINED), heldPods(state, DRAINED)];
  const rows = ROWS.map((row, index) => drawRow(row, 84 + index * ROW.height, podsOf(row), { forEver, now }));
  return picture({
    width: 1000,
    height: 84 + ROWS.length * ROW.height + 12,
    label: `A rehearsal: ${rows.map(({ words }) => words).join('; ')}`,
    style: ' .dash { stroke-dasharray: 4 3; }',
  }, [
    text(20, 28, 'node group workers rolls: old-1 and old-2 are drained', 'title'),
    text(ROW.verdict, 28, 'dashed: not ready', 'quiet'),
    ...NODES.map((node, index) => text(ROW.nodes + index * ROW.node, 62, node, 'code quiet')),
    text(ROW.budget, 62, 'PodDisruptionBudget', 'quiet'),
    text(ROW.verdict, 62, 'the pods on old-1 and old-2', 'quiet'),
    ...rows.flatMap(({ elements }) => elements),
  ]);
}

const ROW = { height: 46, nodes: 164, node: 150, budget: 620, verdict: 776 };

interface Held {
  readonly forEver: readonly HeldPods[];
  readonly now: readonly HeldPods[];
}

function drawRow(row: Row, y: number, pods: readonly PodState[], held: Held): { readonly elements: Element[]; readonly words: string } {
  const drained = pods.filter(({ node = '' }) => DRAINED.has(node));
  const verdicts = new Map(pods.map((pod) => [pod, verdictOf(pod, held)]));
  const verdict = wordsOf(row, drained.map((pod) => verdicts.get(pod)!), stayingOf(row, held));
  const kind = KINDS[drained.map((pod) => verdicts.get(pod)!).find((one) => one !== 'goes') ?? 'goes'];
  return {
    words: `${row.kind ?? 'bare pods'} ${row.name}: ${verdict}`,
    elements: [
      text(20, y + 19, row.name, 'title'),
      text(20, y + 35, row.kind ?? 'bare pods', 'quiet'),
      ...NODES.flatMap((node, index) => pods.filter((pod) => pod.node === node).map((pod, place) => (
        drawPod(pod, ROW.nodes + index * ROW.node + place * 72, y + 8, verdicts.get(pod)!)
      ))),
      ...row.budgets.map(
        (budget, index) => text(ROW.budget, y + (row.budgets.length > 1 ? 19 + index * 16 : 27), budgetOf(budget), 'code'),
      ),
      ...row.budgets.length === 0 ? [text(ROW.budget, y + 27, 'none is asked', 'quiet')] : [],
      text(ROW.verdict, y + 27, verdict, `${kind} title`),
    ],
  };
}

function drawPod({ name, isReady }: PodState, x: number, y: number, verdict: Verdict): Element {
  return [
    `<rect class="box ${KINDS[verdict]}${isReady ? '' : ' dash'}" x="${x}" y="${y}" width="66" height="30" rx="6"/>`,
    text(x + 33, y + 19, name, `middle code${verdict === 'stays' ? ' quiet' : ''}`),
  ].join('\n');
}

function verdictOf({ name, node = '' }: PodState, { forEver, now }: Held): Verdict {
  const isIn = (held: readonly HeldPods[]) => held.some(({ pods }) => pods.some((pod) => pod.name === name));
  if (!DRAINED.has(node)) return 'stays';
  return isIn(forEver) ? 'never' : isIn(now) ? 'not now' : 'goes';
}

function stayingOf({ name }: Row, { forEver }: Held): number | undefined {
  return forEver.find(({ pods }) => pods.some((pod) => pod.name.startsWith(`${name}-`)))?.staying;
}

function wordsOf({ kind }: Row, verdicts: readonly Verdict[], staying: number | undefined): string {
  if (staying !== undefined) {
    return staying < verdicts.length ? `${verdicts.length - staying} go for good, ${staying} can never` : 'can never be evicted';
  }
  if (verdicts.includes('not now')) return 'cannot now: one is not ready';
  return kind === 'DaemonSet' ? 'end with their node' : 'go, and come back';
}

function budgetOf({ minAvailable, maxUnavailable }: Row['budgets'][number]): string {
  return maxUnavailable === undefined ? `minAvailable: ${minAvailable}` : `maxUnavailable: ${maxUnavailable}`;
}

function workloads(): WorkloadState {
  return {
    nodes: NODES.map((name) => ({ name, nodeGroup: DRAINED.has(name) ? 'workers' : 'other' })),
    pods: ROWS.flatMap(podsOf),
    budgets: ROWS.flatMap(({ name, budgets }) => budgets.map((budget, index): BudgetState => (
      { namespace: 'shop', name: `${name}-${index}`, selector: { matchLabels: { app: name } }, evictsUnready: false, ...budget }
    ))),
    webhooks: known([]),
    customResources: known([]),
  };
}

function podsOf({ name, kind, on, unready = [] }: Row): PodState[] {
  const nodes = on.flatMap((count, index) => Array.from({ length: count }, () => NODES[index]));
  return nodes.map((node, index): PodState => ({
    namespace: 'shop',
    name: `${name}-${index + 1}`,
    node,
    phase: 'Running',
    isReady: !unready.includes(`${name}-${index + 1}`),
    isTerminating: false,
    isMirror: false,
    labels: { app: name },
    owner: kind === undefined ? undefined : { kind, name },
    graceSeconds: 30,
    ties: [],
    localVolumes: [],
  }));
}
