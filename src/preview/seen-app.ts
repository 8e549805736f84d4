import { Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { AppDeclarations, declarationsIn, entriesIn } from './app-declarations';
import { wantedResources } from './wanted-resources';
import { Carried } from '../diagnostics/carried';
import { MetadataEntry } from '../engine/declaration/declarations';

/*
 * What the preview of a stage sees of its app: the stage itself as it is now, the others as they were for the first that looked. An app of
 * hundreds of stages would be walked and rendered as many times.
 */

/** The resources that take part in upgrades, by name of the stack. */
export type WantedResources = ReturnType<typeof wantedResources>;

const Entries = new Carried<readonly MetadataEntry[]>('PreviewEntries');
const Wanted = new Carried<WantedResources>('PreviewWanted');

/** What all stages together declare. */
export function declarationsSeenBy(stage: Stage): AppDeclarations {
  const own = entriesIn(stage);
  const { path, root } = stage.node;
  if (stage === root) return declarationsIn(own);
  const others = firstLook(root, Entries, entriesIn).filter((entry) => !entry.path.startsWith(`${path}/`));
  return declarationsIn([...others, ...own]);
}

/** The resources that the templates of all stages will hold. */
export function wantedSeenBy(stage: Stage): WantedResources {
  const own = wantedResources(stage);
  const { root } = stage.node;
  return stage === root ? own : { ...firstLook(root, Wanted, wantedResources), ...own };
}

function firstLook<T>(root: IConstruct, seen: Carried<T>, look: (root: IConstruct) => T): T {
  return seen.of(root) ?? seen.give(root, look(root));
}
