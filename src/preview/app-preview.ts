import { Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { warnings } from './messages';
import { PreviewMode } from './question';
import { StagePreview } from './stage-preview';
import { warn } from '../diagnostics/annotations';
import { Carried } from '../diagnostics/carried';

const Previewed = new Carried<true>('Previewed');

/**
 * Previews the stage of a construct, once, when it is synthesised: in the last step before its templates are written, when all that they
 * will hold is known, nothing can change any more, and the CLI can still be asked and annotations made.
 *
 * Never stops the synthesis.
 */
export function previewOf(scope: IConstruct, mode: PreviewMode): void {
  const stage = Stage.of(scope);
  if (!stage || Previewed.of(stage)) return;
  Previewed.give(stage, true);
  stage.node.addValidation({
    validate: () => {
      try {
        new StagePreview(stage, mode).make();
      } catch (error) {
        warn(scope, warnings.previewFailed({ why: (error as Error).message }));
      }
      return [];
    },
  });
}
