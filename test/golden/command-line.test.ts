import values from './command-line-values.json';
import { testGolden } from './said-values';
import { MESSAGES_OF_COMMANDS } from '../../build-tools/checks-in-docs/messages-of-commands';

const messages = MESSAGES_OF_COMMANDS.map(({ kind, name, message }) => ({ title: `${kind} ${name}`, message }));

// with values as runs have them
testGolden('command-line', 'the command line: what it says beside findings, each with values', messages, values);
