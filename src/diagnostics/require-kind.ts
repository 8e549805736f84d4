import { says } from './messages';
import { refusal } from '../engine/messages/refusal';

/** A kind of object, known by a member: `instanceof` would refuse what another copy of a package makes. */
export interface Kind {
  readonly member: string;
  /** What to write. */
  readonly write: string;
}

/** Refuses what is not of a kind, where TypeScript did not look. */
export function requireKind(prop: string, value: unknown, { member, write }: Kind): void {
  if (typeof value !== 'object' || (value as Record<string, unknown> | null)?.[member] === undefined) throw notOfKind(prop, value, write);
}

/** Refuses what is given and not of a kind. */
export function requireKindIfGiven(prop: string, value: unknown, kind: Kind): void {
  if (isGiven(value)) requireKind(prop, value, kind);
}

/** Refuses what is not a list, and a list with something of another kind; of a kind without member, texts are let through. */
export function requireList(prop: string, value: unknown, { member, write }: Partial<Kind> & Pick<Kind, 'write'>): void {
  if (!Array.isArray(value)) throw notOfKind(prop, value, `a list, as in [${write}]`);
  if (member !== undefined) value.forEach((item) => requireKind(`an item of ${prop}`, item, { member, write }));
}

/** Refuses what is given and not such a list. */
export function requireListIfGiven(prop: string, value: unknown, kind: Partial<Kind> & Pick<Kind, 'write'>): void {
  if (isGiven(value)) requireList(prop, value, kind);
}

/** Refuses a text such as `'false'`, which is as good as true where it decides something: so the context of the command line has it. */
export function requireBooleanIfGiven(prop: string, value: unknown): void {
  if (isGiven(value) && typeof value !== 'boolean') throw notOfKind(prop, value, 'true or false, without quotes');
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function notOfKind(prop: string, value: unknown, write: string): Error {
  return refusal(says.notOfKind({ prop, value: inCode(value), write }));
}

/** A value as code has it, briefly. */
export function inCode(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(inCode).join(', ')}]`;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null) return String(value);
  if (value.constructor !== Object) return `an instance of ${value.constructor?.name}`;
  const names = Object.entries(value).filter(([, held]) => held !== undefined).map(([name]) => name);
  return names.length === 0 ? '{}' : `{ ${names.join(', ')} }`;
}
