import { Value, fill } from './template';

/** What is said, as it stands in the code, with placeholders; of several strings, a space joins them. */
export interface Wording {
  readonly text: string | readonly string[];
  readonly remedy: string | readonly string[];
}

/** A message with its values: as data, and in words. */
export interface Said {
  /** The name of the message among those of its check. */
  readonly reason: string;
  /** The values in it. */
  readonly data: Data;
  /** The text with its values: a sentence in lower case, without full stop. */
  readonly message: string;
  /** What to do about it, in the same form. */
  readonly remedy: string;
}

/** The values of a message by name; what a message leaves out is absent. */
export type Data = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** A message that has yet to get its values. */
export interface Message<V = any> {
  (values: V): Said;
  /** The text with its placeholders. */
  readonly text: string;
  /** What to do about it, with its placeholders. */
  readonly remedy: string;
}

/** Messages by name. */
export type Messages = Readonly<Record<string, Message>>;

/** The values that placeholders name, as TypeScript sees them. */
export type ValuesOf<T extends string> =
  { readonly [Name in RequiredNames<T>]: NonNullable<Value> } & { readonly [Name in OptionalNames<T>]?: Value };

/** A message for each wording. */
export type MessagesOf<M extends Readonly<Record<string, Wording>>> = { readonly [K in keyof M]: Message<ValuesOf<TemplatesOf<M[K]>>> };

/**
 * Names messages, and makes of each a function of the values in it: what a placeholder names has to be given, or the code does not compile.
 *
 * The names are data for tests and for whoever reads `--json`, so that words can change.
 */
export function messages<const M extends Readonly<Record<string, Wording>>>(wordings: M): MessagesOf<M> {
  const named = Object.entries(wordings).map(([reason, { text, remedy }]) => [reason, messageOf(reason, joined(text), joined(remedy))]);
  return Object.fromEntries(named);
}

function messageOf(reason: string, text: string, remedy: string): Message {
  const say = (values: Readonly<Record<string, Value>>): Said => (
    { reason, data: dataOf(values), message: fill(text, values), remedy: fill(remedy, values) }
  );
  return Object.assign(say, { text, remedy });
}

function joined(template: string | readonly string[]): string {
  return typeof template === 'string' ? template : template.join(' ');
}

function dataOf(values: Readonly<Record<string, Value>>): Data {
  const given = Object.entries(values).flatMap(([name, value]) => value === undefined ? [] : [[name, plain(value)] as const]);
  return Object.fromEntries(given);
}

/** What knows how to be written, such as a Kubernetes minor, is data as text. */
function plain(value: NonNullable<Value>): Data[string] {
  return typeof value === 'object' && !Array.isArray(value) ? value.toString() : value as Data[string];
}

type TemplatesOf<W extends Wording> = Strings<W['text']> | Strings<W['remedy']>;
type Strings<T> = T extends readonly (infer S extends string)[] ? S : T extends string ? T : never;

type PlaceholdersIn<T extends string> = T extends `${string}{${infer P}}${infer Rest}` ? P | PlaceholdersIn<Rest> : never;
type UpTo<P extends string, S extends string> = P extends `${infer Before}${S}${string}` ? Before : P;
type Mark<P extends string> = P extends ` ${string}` ? never : UpTo<P, ' '>;
type RequiredNames<T extends string> = Marked<Mark<PlaceholdersIn<T>>>;
type Marked<P extends string> = P extends `${string}?${string}` ? never : UpTo<UpTo<UpTo<P, ','>, ';'>, ':'>;
type OptionalNames<T extends string> = Mark<PlaceholdersIn<T>> extends infer P ? P extends `${infer Name}?${string}` ? Name : never : never;
