import type { Plugin } from 'esbuild';

const MODULES = /^(@aws-sdk\/credential-provider-node|bowser|@smithy\/core\/event-streams)$/;

/**
 * Leaves out of the function what the AWS SDK has for others: credentials in files, of SSO and of EC2, since the function says where its
 * own are; user agents of browsers; calls that are answered with a stream of events.
 */
export const LEFT_OUT: Plugin = {
  name: 'left-out',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: MODULES }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
  },
};
