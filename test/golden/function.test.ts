import values from './function-values.json';
import { testGolden } from './said-values';
import { MESSAGES_OF_FUNCTION } from '../../build-tools/checks-in-docs/messages-of-constructs';

const messages = MESSAGES_OF_FUNCTION.map(({ folder, name, message }) => ({ title: `${folder} ${name}`, message }));

// with values as deployments have them
testGolden('function', 'the function in AWS: with what it fails beside findings, each with values', messages, values);
