import values from './function-values.json';
import { chapters, expectGolden } from './golden-file';
import { expectValuesOf, Titled } from './said-values';
import { MESSAGES_OF_FUNCTION } from '../../build-tools/checks-in-docs/messages-of-constructs';
import { sentence } from '../../src/engine/messages/sentence';

/** Values for each message, as deployments have them. */
const VALUES: Readonly<Record<string, object | undefined>> = values;

const MESSAGES = MESSAGES_OF_FUNCTION.map(({ folder, name, message }): Titled => ({ title: `${folder} ${name}`, message }));

test('the function in AWS: with what it fails beside findings, each with values', () => {
  expectGolden('function', chapters(MESSAGES.map(({ title, message }) => [title, sentence(message(VALUES[title]!))])));
});

test('each message has its values, and says all of them', () => {
  expectValuesOf(MESSAGES, VALUES);
});
