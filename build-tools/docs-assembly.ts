/**
 * Makes the pages of `docs/` an assembly that jsii-rosetta can compile together with the package's own: `tsx
 * build-tools/docs-assembly.ts FOLDER`.
 *
 * By itself, jsii-rosetta reads the README and docstrings only. It names a snippet by its page: `docs.track-amis` is `docs/track-amis.md`.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const root = join(__dirname, '..');
const folder = resolve(process.argv[2]);

const pages = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'));
const submodules = Object.fromEntries(
  pages.map((page) => [`docs.${basename(page, '.md')}`, { readme: { markdown: readFileSync(join(root, 'docs', page), 'utf8') } }]),
);

// what is translated from there is not compiled again, and the pages then miss its dependencies
rmSync(join(root, '.jsii.tabl.json'), { force: true });
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'docs', version: '0.0.0' }));
writeFileSync(join(folder, '.jsii'), JSON.stringify({ schema: 'jsii/0.10.0', name: 'docs', version: '0.0.0', submodules, types: {} }));
cpSync(join(root, 'rosetta'), join(folder, 'rosetta'), { recursive: true });
