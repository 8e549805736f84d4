import { Construct } from 'constructs';
import { PREVIEW_VARIABLE, PreviewMode } from './question';

/**
 * Takes the app of a construct into the preview, when the plugin of the CDK's CLI offers one; does and loads nothing otherwise.
 *
 * @param declare makes the construct declare what only the finished tree shows
 */
export function previewWhenAsked(scope: Construct, declare?: () => void): void {
  const mode = process.env[PREVIEW_VARIABLE];
  if (mode === undefined) return;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an app that is not previewed does not wait for the engine
  const { previewOf } = require('./app-preview') as typeof import('./app-preview');
  previewOf(scope, mode as PreviewMode, declare);
}
