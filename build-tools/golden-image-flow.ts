/**
 * Draws how a golden image comes to the nodes: `npx tsx build-tools/golden-image-flow.ts`. The picture of docs/golden-images.md.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flow } from './golden-image-flow/flow';
import { drawFlow } from './golden-image-flow/svg';

writeFileSync(join(__dirname, '../docs/golden-images.svg'), drawFlow(flow()));
