/**
 * Draws the pictures of the pages from what they show: `npx tsx build-tools/pictures.ts`. Some take the CDK CLI a while.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PICTURES } from './pictures/pictures';

async function main(): Promise<void> {
  for (const [name, draw] of Object.entries(PICTURES)) {
    writeFileSync(join(__dirname, '../docs/pictures', `${name}.svg`), await draw());
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
