import type { Plugin } from 'esbuild';

/**
 * What the AWS SDK has for others than the function: credentials in files, of SSO and of EC2, since the function says where its own are; user
 * agents of browsers; calls that are answered with a stream of events.
 */
export const FOR_OTHERS_THAN_THE_FUNCTION = leftOut(/^(@aws-sdk\/credential-provider-node|bowser|@smithy\/core\/event-streams)$/);

/** What the Kubernetes client has for a Node.js without `URL`: tables of all domain names, a tenth of the command line. */
export const FOR_OLD_NODE = leftOut(/^whatwg-url$/);

/** Puts something empty in the place of modules. */
function leftOut(modules: RegExp): Plugin {
  return {
    name: 'left-out',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: modules }, ({ path }) => ({ path, namespace: 'left-out' }));
      onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
    },
  };
}
