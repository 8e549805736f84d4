/**
 * The steps of an example in which a node group takes the place of another, as edits of its source.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Edit } from './_example-app';

const SOURCE = readFileSync(resolve(__dirname, '../../examples/second-node-group/app.ts'), 'utf8');

/** The lines from one text to another, both included. */
function lines(from: string, to: string): string {
  return SOURCE.slice(SOURCE.indexOf(from), SOURCE.indexOf(to, SOURCE.indexOf(from)) + to.length);
}

/** Before: the first group alone. */
export const ALONE: Edit[] = [
  { replace: lines('    // the second group', 'onCreation: true });'), by: '' },
  { replace: lines("      taints: [{ key: 'leaving'", 'upgradeAfter: [baked],'), by: '' },
];

/** At the end: the second group alone. */
export const LEFT: Edit[] = [{ replace: lines('    // the first group', 'upgradeAfter: [baked],\n    });'), by: '' }];
