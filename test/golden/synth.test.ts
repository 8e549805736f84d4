import { chapters, expectGolden } from './golden-file';
import { expectValuesOf, Titled } from './said-values';
import values from './synth-values.json';
import { MESSAGES_OF_CONSTRUCTS } from '../../build-tools/checks-in-docs/messages-of-constructs';
import { sentence } from '../../src/engine/messages/sentence';

/** Values for each message, as apps have them. */
const VALUES: Readonly<Record<string, object | undefined>> = values;

const MESSAGES = MESSAGES_OF_CONSTRUCTS.map(({ folder, kind, name, message }): Titled => ({ title: `${folder} ${kind} ${name}`, message }));

test('synth: what is thrown, and what stands on constructs, each with values', () => {
  expectGolden('synth', chapters(MESSAGES.map(({ title, message }) => [title, sentence(message(VALUES[title]!))])));
});

test('each message has its values, and says all of them', () => {
  expectValuesOf(MESSAGES, VALUES);
});
