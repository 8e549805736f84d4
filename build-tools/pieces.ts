import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { transform, type Plugin } from 'esbuild';

/**
 * Makes a bundle of several files: the entry point holds what is needed at once, and each `import()` loads the rest when it is reached.
 *
 * esbuild splits modules of ECMAScript only. Node.js loads CommonJS in less time, so that is what is written.
 */
export const PIECES: Plugin = {
  name: 'pieces',
  setup: ({ initialOptions, onEnd }) => {
    Object.assign(initialOptions, { format: 'esm', splitting: true, chunkNames: '[name]-[hash]', write: false });
    const { platform, target, minifyWhitespace, minifySyntax } = initialOptions;
    const options = { format: 'cjs', platform, target, minifyWhitespace, minifySyntax, supported: { 'dynamic-import': false } } as const;
    onEnd(async ({ outputFiles = [] }) => {
      const files = await Promise.all(outputFiles.map(async ({ path, text }) => ({ path, code: (await transform(text, options)).code })));
      const folder = dirname(files[0].path);
      rmSync(folder, { recursive: true, force: true }); // what an earlier bundle has left there
      mkdirSync(folder, { recursive: true });
      files.forEach(({ path, code }) => writeFileSync(path, code));
    });
  },
};
