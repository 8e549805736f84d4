import { Stage } from 'aws-cdk-lib';
import { AppDeclarations, declarationsIn, entriesIn } from './app-declarations';
import { WantedResources, wantedResources } from './wanted-resources';
import { Carried } from '../diagnostics/carried';
import { MetadataEntry } from '../engine/declaration/declarations';

/*
 * What the preview of a stage sees of its app: the stage itself as it is now, the others as they were when they were last looked at. An app of
 * hundreds of stages would be walked and rendered as many times.
 */

const Entries = new Carried<readonly MetadataEntry[]>('PreviewEntries');
const Wanted = new Carried<WantedResources>('PreviewWanted');

/** What all stages together declare. */
export function declarationsSeenBy(stage: Stage): AppDeclarations {
  const own = entriesIn(stage);
  const { path, root } = stage.node;
  if (stage === root) return declarationsIn(own);
  const others = (Entries.of(root) ?? entriesIn(root)).filter((entry) => !entry.path.startsWith(`${path}/`));
  return declarationsIn(Entries.give(root, [...others, ...own]));
}

/** The resources that the templates of all stages will hold. */
export function wantedSeenBy(stage: Stage): WantedResources {
  const own = wantedResources(stage);
  const { root } = stage.node;
  return stage === root ? own : Wanted.give(root, withOwn(Wanted.of(root) ?? wantedResources(root), own));
}

function withOwn(seen: WantedResources, own: WantedResources): WantedResources {
  const renewed = Object.entries(own).map(([environment, stacks]) => [environment, { ...seen[environment], ...stacks }]);
  return { ...seen, ...Object.fromEntries(renewed) };
}
