import values from './command-line-values.json';
import { chapters, expectGolden } from './golden-file';
import { expectValuesOf, Titled } from './said-values';
import { MESSAGES_OF_COMMANDS } from '../../build-tools/checks-in-docs/messages-of-commands';
import { sentence } from '../../src/engine/messages/sentence';

/** Values for each message, as runs have them. */
const VALUES: Readonly<Record<string, object | undefined>> = values;

const MESSAGES = MESSAGES_OF_COMMANDS.map(({ kind, name, message }): Titled => ({ title: `${kind} ${name}`, message }));

test('the command line: what it says beside findings, each with values', () => {
  expectGolden('command-line', chapters(MESSAGES.map(({ title, message }) => [title, sentence(message(VALUES[title]!))])));
});

test('each message has its values, and says all of them', () => {
  expectValuesOf(MESSAGES, VALUES);
});
