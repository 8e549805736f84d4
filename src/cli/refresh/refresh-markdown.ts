import pc from 'picocolors';
import { RefreshedAddOn } from './add-ons';
import { describeAddOnMove, notesOf, titleOf } from './add-ons-text';
import { RefreshedLookUp } from './judge-look-ups';
import { describeLookUp, describeMove } from './refresh-text';
import { CUSTOM_AMI_TYPE } from '../../engine/state/node-group-state';
import { escapeMarkdown } from '../../engine/state/untrusted-text';
import { describeEnvironment } from '../aws-environments';

/**
 * So many of a list have room in the body of a pull request, beside a diff: GitHub takes 65,536 characters.
 *
 * @see https://github.com/renovatebot/renovate/issues/2032
 */
const MOST_ROWS = 100;
const MOST_PATHS = 10;

/** What a refresh did, as the body of a pull request. */
export function refreshMarkdown(refreshed: readonly RefreshedLookUp[], addOns: readonly RefreshedAddOn[], now: Date): string {
  const moved = refreshed.filter(({ move }) => move.outcome === 'moved');
  const movedAddOns = addOns.filter(({ move }) => move.outcome === 'moved');
  const flags = refreshed.flatMap((entry) => (entry.move.flags ?? []).map((flag) => `- ${subjectOf(entry)}: ${escapeMarkdown(flag)}`));
  const unsoaked = moved.filter(({ move }) => 'until' in move && move.until !== undefined)
    .map((entry) => `- ${subjectOf(entry)}: ${escapeMarkdown(describeMove(entry, now, PLAIN))}`);
  const notTaken = [
    ...refreshed.filter(isNotTaken).map((entry) => `${subjectOf(entry)}: ${escapeMarkdown(describeMove(entry, now, PLAIN))}`),
    ...addOns.filter(isNotTaken).map((addOn) => `${escapeMarkdown(`${titleOf(addOn)}: ${describeAddOnMove(addOn, PLAIN)}`)}`),
  ];
  return [
    ...moved.length > 0 ? ['These node groups roll to another AMI release when this is deployed:', movedTable(moved)] : [],
    ...movedAddOns.length > 0 ? ['These add-ons are updated when this is deployed:', movedAddOnTable(movedAddOns)] : [],
    ...moved.length + movedAddOns.length > 0 ? [] : [nothingMoves(refreshed, addOns)],
    ...flags.length + unsoaked.length > 0 ? ['To be looked at:', [...flags, ...unsoaked].join('\n')] : [],
    ...notTaken.length > 0 ? ['Not taken:', notTaken.map((line) => `- ${line}`).join('\n')] : [],
  ].join('\n\n') + '\n';
}

const PLAIN = pc.createColors(false);

function isNotTaken({ move: { outcome } }: { readonly move: { readonly outcome: string } }): boolean {
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
    ...few(MOST_ROWS, moved.map((addOn) => {
      const { lookUp: { name, cluster, environment, kubernetesVersion }, move } = addOn;
      const version = move.outcome === 'moved' ? escapeMarkdown(move.to) : '';
      const notes = notesOf(addOn);
      const cells = [name, cluster, describeEnvironment(environment), kubernetesVersion, move.from ?? 'new'].map(escapeMarkdown);
      return `| ${[...cells, notes === undefined ? version : `[${version}](${notes})`].join(' | ')} |`;
    }), moreInRow),
  ].join('\n');
}

function movedTable(moved: readonly RefreshedLookUp[]): string {
  return [
    '| node group | AMI type | account and Region | from | to | published |',
    '|---|---|---|---|---|---|',
    ...few(MOST_ROWS, moved.flatMap(({ lookUp, move }) => lookUp.usedBy.map(({ path }) => {
      if (move.outcome !== 'moved') return '';
      const name = move.toName === undefined ? move.to : `${move.to} (${move.toName})`;
      const to = move.releaseNotesUrl ? `[${escapeMarkdown(name)}](${move.releaseNotesUrl})` : escapeMarkdown(name);
      const cells = [
        path, lookUp.amiType === CUSTOM_AMI_TYPE ? 'golden image' : lookUp.amiType ?? '',
        describeEnvironment(lookUp.environment), move.from ?? 'new',
      ].map(escapeMarkdown);
      return `| ${[...cells, to, move.publishedAt.slice(0, 10)].join(' | ')} |`;
    })), moreInRow),
  ].join('\n');
}

function subjectOf({ lookUp }: RefreshedLookUp): string {
  return escapeMarkdown(
    `${describeLookUp(lookUp).join(' for ')} in ${describeEnvironment(lookUp.environment)} `
      + `(${few(MOST_PATHS, lookUp.usedBy.map(({ path }) => path), (more) => `and ${more} more`).join(', ')})`,
  );
}

function few(most: number, texts: readonly string[], more: (count: number) => string): readonly string[] {
  return texts.length > most ? [...texts.slice(0, most), more(texts.length - most)] : texts;
}

function moreInRow(count: number): string {
  return `| and ${count} more | | | | | |`;
}
