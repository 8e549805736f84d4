import { CheckResult } from './check-result';
import { renderVerdict } from '../../engine/judgement/verdict-text';

/** The verdicts in full. */
export function checkText(results: readonly CheckResult[]): string {
  return results.length === 0 ? 'there are no clusters\n' : `${results.map(describe).join('\n\n')}\n`;
}

function describe(result: CheckResult): string {
  if ('unreadable' in result) return `${result.name} could not be read: ${result.unreadable}`;
  if ('toBeCreated' in result) return `${result.name} does not exist yet: nothing to check`;
  const note = result.guard === 'enforce'
    ? ''
    : `\n\nthe guard of ${result.name} ${result.guard === 'warn' ? 'only warns' : 'is disabled'}: a deployment goes ahead all the same`;
  return renderVerdict(result.verdict) + result.gaps.map((gap) => `\n\nnot known: ${gap}`).join('') + note;
}
