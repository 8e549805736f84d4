import pc from 'picocolors';
import { RefreshedLookUp } from './refresh';
import { describeMove } from './refresh-text';
import { describeEnvironment } from '../aws-environments';
import { escapeMarkdown } from '../markdown';

/** What a refresh did, as the body of a pull request. */
export function refreshMarkdown(refreshed: readonly RefreshedLookUp[], now: Date): string {
  const moved = refreshed.filter(({ move }) => move.outcome === 'moved');
  const flagged = refreshed.filter(({ move }) => !['moved', 'current'].includes(move.outcome));
  return [
    ...moved.length > 0 ? ['These node groups roll to another AMI release when this is deployed:', movedTable(moved)] : ['No AMI release moves.'],
    ...flagged.length > 0 ? ['Not taken:', flagged.map((entry) => `- ${subjectOf(entry)}: ${escapeMarkdown(describeMove(entry, now, pc.createColors(false)))}`).join('\n')] : [],
  ].join('\n\n') + '\n';
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
