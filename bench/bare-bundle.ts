import type { BuildOptions } from 'esbuild';

/** How the bare SDK is bundled that this library is measured beside. */
export const BARE_BUNDLE: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  keepNames: true,
  mainFields: ['module', 'main'],
};
