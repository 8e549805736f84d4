import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { FileAssetLocation, FileAssetPackaging, Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { says } from './messages';
import { ASSETS_FOLDER } from '../assets-folder';
import { refusal } from '../engine/messages/refusal';

/** What esbuild makes of `cluster-upgrades.lambda.ts`, as Lambda takes it. */
const BUNDLE = join(ASSETS_FOLDER, 'handler/cluster-upgrades.zip');

/** As the CDK's context key; loading the module that holds it takes longer than what it is about. */
const STAGING_DISABLED = 'aws:cdk:disable-asset-staging';

let bundleHash: string | undefined;

/**
 * Makes the handler's code a file asset of a construct's stack.
 *
 * Stages it as `AssetStaging` does, which loads what it needs for whole trees of files: a third of the time that this library
 * adds to an app.
 */
export function addHandlerCode(scope: IConstruct): FileAssetLocation {
  bundleHash ??= createHash('sha256').update(readBundle(scope)).digest('hex');
  return Stack.of(scope).synthesizer.addFileAsset({
    sourceHash: bundleHash,
    fileName: stage(scope, bundleHash),
    packaging: FileAssetPackaging.FILE,
    displayName: `${scope.node.path}/Code`,
  });
}

/** @throws where the app was bundled, and left behind what this package has beside its modules */
function readBundle({ node }: IConstruct): Buffer {
  if (!existsSync(BUNDLE)) {
    throw refusal(says.codeMissing({ file: BUNDLE }), { at: node.path });
  }
  return readFileSync(BUNDLE);
}

/** Copies the bundle into the cloud assembly, which can then be deployed without this package; the result is relative to its manifest. */
function stage(scope: IConstruct, hash: string): string {
  const assembly = Stage.of(scope);
  if (!assembly || scope.node.tryGetContext(STAGING_DISABLED)) {
    return BUNDLE;
  }
  const staged = join(assembly.assetOutdir, `asset.${hash}.zip`);
  if (!existsSync(staged)) copyFileSync(BUNDLE, staged);
  return relative(assembly.outdir, staged);
}
