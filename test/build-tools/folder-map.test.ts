import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderMap } from '../../projenrc/folders';

test("ARCHITECTURE.md shows the linter's table of folders", () => {
  expect(readFileSync(join(__dirname, '../../ARCHITECTURE.md'), 'utf8')).toContain(folderMap());
});
