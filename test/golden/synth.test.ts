import { chapters, expectGolden } from './golden-file';
import values from './synth-values.json';
import { MESSAGES_OF_CONSTRUCTS } from '../../build-tools/checks-in-docs/messages-of-constructs';
import { sentence } from '../../src/engine/messages/sentence';

/** Values for each message, as apps have them. */
const VALUES: Readonly<Record<string, object | undefined>> = values;

const MESSAGES = MESSAGES_OF_CONSTRUCTS.map(({ folder, kind, name, message }) => ({ title: `${folder} ${kind} ${name}`, message }));

test('synth: what is thrown, and what stands on constructs, each with values', () => {
  expectGolden('synth', chapters(MESSAGES.map(({ title, message }) => [title, sentence(message(VALUES[title]!))])));
});

test('each message has values, and no value is left over', () => {
  expect(Object.keys(VALUES).sort()).toEqual(MESSAGES.map(({ title }) => title).sort());
});

test.each(MESSAGES)('$title says all of its values, and nothing else', ({ title, message: { text, remedy } }) => {
  const placeholders = [...`${text} ${remedy}`.matchAll(/\{([A-Za-z]+)([^{}]*)\}/g)].map(([, name, form]) => ({ name, mayLack: form.startsWith('?') }));
  const given = Object.keys(VALUES[title]!);
  expect(given.filter((name) => !placeholders.some((placeholder) => placeholder.name === name))).toEqual([]);
  expect(placeholders.filter(({ name, mayLack }) => !mayLack && !given.includes(name))).toEqual([]);
});
