import { DrainResult } from './drain-result';
import { HOW_TO_ACCEPT, renderFinding } from '../../engine/judgement/verdict-text';

/**
 * The rehearsals in full.
 *
 * @param names the node groups that were asked for; none for those that the app would roll
 */
export function drainText(results: readonly DrainResult[], names: readonly string[]): string {
  return results.length === 0 ? 'there are no clusters\n' : `${results.map((result) => describe(result, names)).join('\n\n')}\n`;
}

function describe(result: DrainResult, names: readonly string[]): string {
  if ('unreadable' in result) return `${result.name} could not be looked into: ${result.unreadable}`;
  if ('toBeCreated' in result) return `${result.name} does not exist yet: nothing to drain`;
  const { name, nodeGroups, nodes, pods, drains, findings, accepted } = result;
  if (nodeGroups.length === 0 && names.length > 0) return `${name} has no node group ${names.join(' or ')}: nothing to drain`;
  if (nodeGroups.length === 0) return `${name}: the app rolls no node group now; name some with --node-group to rehearse their drain`;
  const what = `node group${nodeGroups.length === 1 ? '' : 's'} ${nodeGroups.join(', ')} of ${name} `
    + `(${count(nodes, 'node')}, ${count(pods, 'pod')})`;
  return [
    drains
      ? `${what} drain${nodeGroups.length === 1 ? 's' : ''}${findings.length === 0 ? ': nothing stands in the way' : ''}`
      : `${what} cannot drain`,
    ...findings.map(renderFinding),
    ...accepted.map(({ id, severity }) => `ACCEPTED ${severity} [${id}]`),
    ...findings.some(({ severity }) => severity === 'error') ? [HOW_TO_ACCEPT] : [],
  ].join('\n\n');
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
