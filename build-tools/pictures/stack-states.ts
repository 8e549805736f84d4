import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { arrow, Element, picture, text } from './svg';
import { escapeHtml } from '../../src/engine/state/untrusted-text';

const PAGE = 'docs/when-a-step-fails.md';

/** How a stack gets from one state to another: by itself, or by a command. */
export interface Transition {
  readonly from: string;
  readonly to: string;
  readonly by: string;
  readonly path: string;
  /** Where the words stand. */
  readonly at: readonly [x: number, y: number];
}

const BOX = { width: 236, height: 44 };

/** Each state with its place, and what the cluster has there. */
const STATES: Readonly<Record<string, { readonly at: readonly [x: number, y: number]; readonly says: string; readonly kind: string }>> = {
  UPDATE_IN_PROGRESS: { at: [372, 40], says: 'stage by stage', kind: 'move' },
  UPDATE_COMPLETE: { at: [744, 40], says: 'all on the new version', kind: 'good' },
  UPDATE_FAILED: { at: [20, 190], says: 'what has succeeded stays', kind: 'bad' },
  UPDATE_ROLLBACK_IN_PROGRESS: { at: [372, 190], says: 'the control plane stays', kind: 'bad' },
  UPDATE_ROLLBACK_COMPLETE: { at: [744, 190], says: 'nodes and add-ons as before', kind: 'bad' },
  UPDATE_ROLLBACK_FAILED: { at: [372, 340], says: 'what could not go back is named', kind: 'bad' },
};

export const TRANSITIONS: readonly Transition[] = [
  { from: 'UPDATE_IN_PROGRESS', to: 'UPDATE_COMPLETE', by: 'all succeed', path: 'M608 62H742', at: [675, 54] },
  { from: 'UPDATE_IN_PROGRESS', to: 'UPDATE_FAILED', by: 'a step fails, with --no-rollback', path: 'M372 52H90V188', at: [226, 44] },
  { from: 'UPDATE_FAILED', to: 'UPDATE_IN_PROGRESS', by: 'cdk deploy --no-rollback', path: 'M190 190V74H370', at: [277, 100] },
  { from: 'UPDATE_FAILED', to: 'UPDATE_ROLLBACK_IN_PROGRESS', by: 'cdk rollback', path: 'M256 212H370', at: [313, 204] },
  { from: 'UPDATE_IN_PROGRESS', to: 'UPDATE_ROLLBACK_IN_PROGRESS', by: 'a step fails', path: 'M490 84V188', at: [490, 140] },
  { from: 'UPDATE_ROLLBACK_IN_PROGRESS', to: 'UPDATE_ROLLBACK_COMPLETE', by: 'by itself', path: 'M608 212H742', at: [675, 204] },
  { from: 'UPDATE_ROLLBACK_COMPLETE', to: 'UPDATE_IN_PROGRESS', by: 'deploy the same again', path: 'M862 190V140H572V86', at: [700, 132] },
  { from: 'UPDATE_ROLLBACK_IN_PROGRESS', to: 'UPDATE_ROLLBACK_FAILED', by: 'it cannot drain', path: 'M450 234V338', at: [450, 290] },
  { from: 'UPDATE_ROLLBACK_FAILED', to: 'UPDATE_ROLLBACK_IN_PROGRESS', by: 'cdk rollback', path: 'M560 340V236', at: [560, 282] },
  { from: 'UPDATE_ROLLBACK_FAILED', to: 'UPDATE_ROLLBACK_COMPLETE', by: 'cdk rollback --orphan', path: 'M608 362H862V236', at: [736, 354] },
];

/** The states of a stack in which a step of an upgrade has failed, and the ways on. */
export function stackStates(): string {
  const elements: Element[] = [
    ...TRANSITIONS.map(({ path, to }) => arrow(path, STATES[to].kind)),
    ...TRANSITIONS.map(({ by, at: [x, y] }) => wordsOn(by, x, y)),
    ...Object.entries(STATES).map(([state, { at: [x, y], says, kind }]) => [
      `<rect class="box ${kind}" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="6"/>`,
      text(x + BOX.width / 2, y + 19, state, 'middle code title'),
      text(x + BOX.width / 2, y + 36, says, 'middle quiet'),
    ].join('\n')),
  ];
  return picture({
    width: 1000, height: 404, label: TRANSITIONS.map(({ from, to, by }) => `${from} to ${to}: ${by}`).join('; '),
  }, elements);
}

/** The words stand on the line, which they interrupt. */
function wordsOn(words: string, x: number, y: number): Element {
  const isCommand = words.startsWith('cdk ');
  const width = words.length * (isCommand ? 7.3 : 6.8) + 8;
  return `<rect class="paper" x="${x - width / 2}" y="${y - 13}" width="${width}" height="18"/><text class="middle ${isCommand ? 'code' : 'quiet'}" x="${x}" y="${y}">${escapeHtml(words)}</text>`;
}

/** The first table of {@link PAGE}: states of a stack, and what to do in each. */
export function waysOn(page = readFileSync(
  join(__dirname, '../..', PAGE), 'utf8',
)): { readonly states: string[]; readonly remedy: string }[] {
  const [, table] = /\| the stack is in \| what to do \|\n\|---\|---\|\n((?:\|.*\n)+)/.exec(page)!;
  return table.trim().split('\n').map((row) => {
    const [where, ...remedy] = row.slice(2).split(' | ');
    return { states: [...where.matchAll(/`([A-Z_]+)`/g)].map(([, state]) => state), remedy: remedy.join(' ') };
  });
}

export const STATE_NAMES = Object.keys(STATES);
