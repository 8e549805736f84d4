import { Token, Tokenization } from 'aws-cdk-lib';
import { refusal } from '../../engine/messages/refusal';
import { says } from '../messages';

/** A table of TOML. */
export interface TomlTable {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever the user writes
  readonly [key: string]: any;
}

/**
 * Writes a table as TOML: its values first, then the tables in it.
 *
 * @param path names of the tables around it
 * @throws if there is a value for which TOML has no form
 */
export function renderToml(table: TomlTable, path: readonly string[] = []): string {
  const entries = Object.entries(table).filter(([, value]) => value !== undefined);
  const values = entries.filter(([, value]) => !isTable(value)).map(
    ([key, value]) => `${keyOf(key)} = ${valueOf(value, [...path, key])}\n`,
  );
  const tables = entries.filter(([, value]) => isTable(value)).map(([key, value]) => renderToml(value, [...path, key]));
  const header = path.length > 0 && (values.length > 0 || tables.length === 0) ? [`[${path.map(keyOf).join('.')}]\n`] : [];
  return [...header, ...values, ...tables].join('');
}

/** Puts a table over another: what both hold as tables is put over each other, too. */
export function overlaid(base: TomlTable, over: TomlTable): TomlTable {
  const merged = Object.entries(over).filter(([, value]) => value !== undefined)
    .map(([key, value]) => [key, isTable(value) && isTable(base[key]) ? overlaid(base[key], value) : value]);
  return { ...base, ...Object.fromEntries(merged) };
}

function isTable(value: unknown): value is TomlTable {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Token.isUnresolved(value);
}

function keyOf(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}

function valueOf(value: unknown, path: readonly string[]): string {
  if (Token.isUnresolved(value)) return tokenOf(value);
  if (typeof value === 'string') return JSON.stringify(value); // a basic string of TOML is written as one of JSON
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return String(value);
  if (Array.isArray(value)) return `[${value.map((item, index) => valueOf(item, [...path, String(index)])).join(', ')}]`;
  if (isTable(value)) {
    return `{ ${Object.entries(value).map(([key, inner]) => `${keyOf(key)} = ${valueOf(inner, [...path, key])}`).join(', ')} }`;
  }
  throw refusal(says.noTomlForm({ setting: path.join('.'), value: String(value) }));
}

function tokenOf(value: unknown): string {
  if (typeof value === 'number') return Tokenization.stringifyNumber(value);
  return `"${typeof value === 'string' ? value : Token.asString(value)}"`;
}
