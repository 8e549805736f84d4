import type { BuildOptions } from 'esbuild';
import { FOR_OLD_NODE, FOR_OTHERS_THAN_THE_FUNCTION } from './left-out';
import { PIECES } from './pieces';
import { PLAIN_KEYS } from './plain-keys';

const COMMON: BuildOptions = {
  bundle: true,
  platform: 'node',
  // downloaded with every installation: small, without source maps
  minify: true,
  mainFields: ['module', 'main'],
  metafile: true,
  plugins: [PLAIN_KEYS],
};

/** What is bundled, with all that it needs: the SDK of Lambda's runtime is of an unknown version. */
export const BUNDLES: Readonly<Record<string, BuildOptions>> = {
  handler: {
    ...COMMON,
    entryPoints: { index: 'src/handler/cluster-upgrades.lambda.ts' },
    outdir: 'assets/handler/cluster-upgrades.lambda',
    target: 'node22',
    // names as they are take less time to load than short ones with what tells the long ones
    minify: false,
    minifyWhitespace: true,
    minifySyntax: true,
    plugins: [PLAIN_KEYS, FOR_OTHERS_THAN_THE_FUNCTION, PIECES],
  },
  cli: {
    ...COMMON,
    entryPoints: ['src/cli/cdk-eks-upgrades.ts'],
    outfile: 'assets/cli/cdk-eks-upgrades/index.js',
    target: 'node20',
    plugins: [PLAIN_KEYS, FOR_OLD_NODE],
  },
  // `preview.js` is what the CDK CLI finds by the name `cdk-eks-upgrades/preview`. It loads the plugin with every command; what
  // reads AWS takes a tenth of a second to load, so it is a file of its own beside the plugin, for the first question.
  preview: {
    ...COMMON,
    entryPoints: ['src/plugin/preview.ts'],
    outfile: 'assets/plugin/preview/index.js',
    target: 'node20',
    external: ['./answer.js'],
    supported: { 'dynamic-import': false },
  },
  answer: { ...COMMON, entryPoints: ['src/plugin/answer.ts'], outfile: 'assets/plugin/preview/answer.js', target: 'node20' },
};
