import { testGolden } from './said-values';
import values from './synth-values.json';
import { MESSAGES_OF_CONSTRUCTS } from '../../build-tools/checks-in-docs/messages-of-constructs';

const messages = MESSAGES_OF_CONSTRUCTS.map(({ folder, kind, name, message }) => ({ title: `${folder} ${kind} ${name}`, message }));

// with values as apps have them
testGolden('synth', 'synth: what is thrown, and what stands on constructs, each with values', messages, values);
