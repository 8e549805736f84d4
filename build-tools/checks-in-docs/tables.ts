import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MESSAGES_OF_COMMANDS } from './messages-of-commands';
import { MESSAGES_OF_CONSTRUCTS, MESSAGES_OF_FUNCTION, MessageOfConstructs } from './messages-of-constructs';
import { Check } from '../../src/engine/judgement/check';
import { CHECKS } from '../../src/engine/judgement/checks';
import { Finding } from '../../src/engine/judgement/finding';
import { findings } from '../../test/engine/a-cluster';
import { Sample, sampleOf, variantsOf } from '../../test/engine/judgement/sample';

/** Each check: by which ids its findings are accepted, what it says when it objects, what to do, and the rule with its sources. */
export function renderChecks(): string {
  return table(['accept by', 'says, for instance', 'remedy', 'rule'], CHECKS.map((check) => {
    const [{ severity, subject, message, remedy }] = findingsIn(check, sampleOf(check));
    return [idsOf(check).map((id) => `\`${id}\``).join(', '), `${severity.toUpperCase()} ${subject}: ${message}`, remedy, ruleOf(check)];
  }));
}

/** Every message of every check, with its placeholders, and what to do. */
export function renderMessages(): string {
  return table(['check', 'reason', 'message', 'remedy'], CHECKS.flatMap((check) => Object.entries(check.messages).map(
    ([reason, { text, remedy }]) => [`\`${check.id}\``, `\`${reason}\``, withPlaceholders(text), withPlaceholders(remedy)],
  )));
}

/** Every message on constructs: its ID, and the name where several have the same. */
export function renderAnnotations(): string {
  const levels: Partial<Record<MessageOfConstructs['kind'], string>> = { errors: 'error', warnings: 'warning', notes: 'note' };
  return table(['ID', 'is', 'message', 'remedy'], MESSAGES_OF_CONSTRUCTS.filter(({ kind }) => kind !== 'says').map(
    ({ kind, name, message: { text, remedy } }) => [`\`${name}\``, levels[kind]!, withPlaceholders(text), withPlaceholders(remedy)],
  ));
}

/** Everything that is thrown while an app is synthesised. */
export function renderThrown(): string {
  return thrown(MESSAGES_OF_CONSTRUCTS);
}

/** With what the function in AWS fails, beside findings. */
export function renderFailures(): string {
  return thrown(MESSAGES_OF_FUNCTION);
}

function thrown(messages: readonly MessageOfConstructs[]): string {
  return table(['of', 'name', 'message', 'remedy'], messages.filter(({ kind }) => kind === 'says').map(
    ({ folder, name, message: { text, remedy } }) => [`\`${folder}\``, `\`${name}\``, withPlaceholders(text), withPlaceholders(remedy)],
  ));
}

/** What the command line says beside findings. */
export function renderCommands(): string {
  return table(['of', 'name', 'message', 'remedy'], MESSAGES_OF_COMMANDS.map(
    ({ kind, name, message: { text, remedy } }) => [kind, `\`${name}\``, withPlaceholders(text), withPlaceholders(remedy)],
  ));
}

/** A template as a page shows it: values in italics, what may be left out in brackets, and of a choice both. */
export function withPlaceholders(template: string): string {
  const cursive = (name: string) => `*${name}*`;
  return template.replace(/\{([A-Za-z]+)([^{}]*)\}/g, (_, name: string, form: string) => {
    if (form.startsWith('?')) return `[${form.slice(1).replaceAll('#', cursive(name))}]`;
    if (form.startsWith(':')) return form.slice(1).trimStart().replaceAll('#', cursive(name)).replace('|', '/');
    return cursive(name);
  });
}

function ruleOf(check: Check): string {
  const { rule, sources } = docstringOf(check);
  return `${rule} ([code](../${fileOf(check)}), ${sources.map((source, index) => `[${index === 0 ? 'source' : index + 1}](${source})`).join(', ')})`;
}

/** A table of Markdown, whatever its cells hold. */
export function table(header: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(header), `|${'---|'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}

/** The id of the check, which accepts all that it says, then those of its findings. */
function idsOf(check: Check): string[] {
  const found = variantsOf(sampleOf(check)).flatMap((sample) => findingsIn(check, sample));
  return [...new Set([check.id, ...found.map(({ id }) => id)])];
}

function findingsIn(check: Check, { state, catalog, intent, schedule }: Sample): Finding[] {
  return findings(check, state, intent, catalog, schedule);
}

function docstringOf(check: Check): { readonly rule: string; readonly sources: readonly string[] } {
  const text = /\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport const \w+: Check = /.exec(
    readFileSync(join(__dirname, '../..', fileOf(check)), 'utf8'),
  )?.[1];
  if (text === undefined) throw new Error(`${fileOf(check)} has no docstring: write the rule into it`);
  const docstring = text.replace(/^ \* ?/gm, '').trim();
  return {
    rule: docstring.split('\n\n')[0].replaceAll('\n', ' '), sources: [...docstring.matchAll(/^@see (\S+)/gm)].map(([, source]) => source),
  };
}

function fileOf({ id }: Check): string {
  return `src/engine/judgement/checks/${id}.ts`;
}
