import pc from 'picocolors';
import { RefreshedAddOn } from './add-ons';
import { describeAddOnMove, notesOf, titleOf } from './add-ons-text';
import { RefreshedLookUp } from './refresh';
import { describeMove } from './refresh-text';
import { describeEnvironment } from '../aws-environments';
import { escapeMarkdown } from '../markdown';

/** What a refresh did, as the body of a pull request. */
export function refreshMarkdown(refreshed: readonly RefreshedLookUp[], addOns: readonly RefreshedAddOn[], now: Date): string {
  const moved = refreshed.filter(({ move }) => move.outcome === 'moved');
  const movedAddOns = addOns.filter(({ move }) => move.outcome === 'moved');
  const flagged = [
    ...refreshed.filter(isFlagged).map((entry) => `${subjectOf(entry)}: ${escapeMarkdown(describeMove(entry, now, PLAIN))}`),
    ...addOns.filter(isFlagged).map((addOn) => `${escapeMarkdown(`${titleOf(addOn)}: ${describeAddOnMove(addOn, PLAIN)}`)}`),
  ];
  return [
    ...moved.length > 0 ? ['These node groups roll to another AMI release when this is deployed:', movedTable(moved)] : [],
    ...movedAddOns.length > 0 ? ['These add-ons are updated when this is deployed:', movedAddOnTable(movedAddOns)] : [],
    ...moved.length + movedAddOns.length > 0 ? [] : [nothingMoves(refreshed, addOns)],
    ...flagged.length > 0 ? ['Not taken:', flagged.map((line) => `- ${line}`).join('\n')] : [],
  ].join('\n\n') + '\n';
}

const PLAIN = pc.createColors(false);

function isFlagged({ move: { outcome } }: { readonly move: { readonly outcome: string } }): boolean {
  return !['moved', 'current'].includes(outcome);
}

function nothingMoves(refreshed: readonly RefreshedLookUp[], addOns: readonly RefreshedAddOn[]): string {
  if (addOns.length === 0) return 'No AMI release moves.';
  return refreshed.length === 0 ? 'No add-on moves.' : 'No AMI release and no add-on moves.';
}

function movedAddOnTable(moved: readonly RefreshedAddOn[]): string {
  return [
    '| add-on | cluster | account and Region | Kubernetes | from | to |',
    '|---|---|---|---|---|---|',
    ...moved.map((addOn) => {
      const { lookUp: { name, cluster, environment, kubernetesVersion }, move } = addOn;
      const version = move.outcome === 'moved' ? escapeMarkdown(move.to) : '';
      const notes = notesOf(addOn);
      const cells = [name, cluster, describeEnvironment(environment), kubernetesVersion, move.from ?? ''].map(escapeMarkdown);
      return `| ${[...cells, notes === undefined ? version : `[${version}](${notes})`].join(' | ')} |`;
    }),
  ].join('\n');
}

function movedTable(moved: readonly RefreshedLookUp[]): string {
  return [
    '| node group | AMI type | account and Region | from | to | published |',
    '|---|---|---|---|---|---|',
    ...moved.flatMap(({ lookUp, move }) => lookUp.usedBy.map(({ path }) => {
      if (move.outcome !== 'moved') return '';
      const to = move.releaseNotesUrl ? `[${escapeMarkdown(move.to)}](${move.releaseNotesUrl})` : escapeMarkdown(move.to);
      const cells = [path, lookUp.amiType ?? '', describeEnvironment(lookUp.environment), move.from ?? ''].map(escapeMarkdown);
      return `| ${[...cells, to, move.publishedAt.slice(0, 10)].join(' | ')} |`;
    })),
  ].join('\n');
}

function subjectOf({ lookUp: { amiType = 'AMI type not known', kubernetesVersion, environment, usedBy } }: RefreshedLookUp): string {
  return escapeMarkdown(`${amiType} for Kubernetes ${kubernetesVersion} in ${describeEnvironment(environment)} (${usedBy.map(({ path }) => path).join(', ')})`);
}
