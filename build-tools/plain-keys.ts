import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Gives the schemas of the AWS SDK plain keys: `{ [_xN]: … }` with `const _xN = "xmlName"` becomes `{ ["xmlName"]: … }`.
 *
 * A bundler has to keep what computes a key, because that could do anything, and keeps all shapes of all calls of a service: half
 * a megabyte of EC2, of which one call is used. With plain keys it leaves out what nobody asks for.
 */
export const PLAIN_KEYS: Plugin = {
  name: 'plain-keys',
  setup: ({ onLoad }) => onLoad({ filter: /\/@aws-sdk\/.+\/schemas\/schemas_\d+\.js$/ }, async ({ path }) => ({
    contents: withPlainKeys(await readFile(path, 'utf8')),
    loader: 'js',
  })),
};

export function withPlainKeys(source: string): string {
  const constants = new Map([...source.matchAll(/^const (\w+) = ("[^"\\]*");$/gm)].map(([, name, value]) => [name, value]));
  return source.replace(/\[(_\w+)\]:/g, (key, name) => (constants.has(name) ? `[${constants.get(name)}]:` : key));
}
