import { Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { warnings } from './messages';
import { PreviewMode } from './question';
import { StagePreview } from './stage-preview';
import { warn } from '../diagnostics/annotations';
import { Carried } from '../diagnostics/carried';
import { forgetResourcesOf } from '../diagnostics/resources-of-app';

/** What constructs of a stage still declare of themselves before it is previewed. */
const Declaring = new Carried<(() => void)[]>('PreviewDeclaring');

/**
 * Previews the stage of a construct, once, when it is synthesised: in the last step before its templates are written, when all that they
 * will hold is known, nothing can change any more, and the CLI can still be asked and annotations made.
 *
 * Never stops the synthesis.
 *
 * @param declare makes the construct declare what only the finished tree shows: it is validated after its stage
 */
export function previewOf(scope: IConstruct, mode: PreviewMode, declare?: () => void): void {
  const stage = Stage.of(scope);
  if (!stage) return;
  const declaring = Declaring.of(stage) ?? previewStage(stage, scope, mode);
  if (declare) declaring.push(declare);
}

function previewStage(stage: Stage, scope: IConstruct, mode: PreviewMode): (() => void)[] {
  const declaring = Declaring.give(stage, []);
  stage.node.addValidation({
    validate: () => {
      forgetResourcesOf(stage);
      declaring.forEach((declare) => declare());
      try {
        new StagePreview(stage, mode).make();
      } catch (error) {
        warn(scope, warnings.previewFailed({ why: (error as Error).message }));
      }
      return [];
    },
  });
  return declaring;
}
