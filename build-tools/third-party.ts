// Writes what is bundled of other people's packages: their licences into THIRD-PARTY-NOTICES, themselves into sbom.cdx.json (CycloneDX).
//
// What esbuild took says its metafiles, one beside each bundle: `tsx build-tools/third-party.ts .cache/metafiles`.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { BundledPackage, componentOf, noticesOf } from './third-party/bundled-package';

const ROOT = join(__dirname, '..');
const folder = process.argv[2];

const taken = new Map<string, BundledPackage>();
for (const file of readdirSync(folder)) {
  const { outputs } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Metafile;
  for (const { inputs } of Object.values(outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const root = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
      if (root !== undefined && bytesInOutput > 0 && !taken.has(root)) {
        taken.set(root, BundledPackage.read(join(ROOT, root)));
      }
    }
  }
}

const packages = [...new Map([...taken.values()].map((found) => [found.id, found])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
const { name, version, license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

writeFileSync(join(ROOT, 'THIRD-PARTY-NOTICES'), [
  `The programs in assets/ of ${name} hold code of the packages below, under the licences given with each.\n`,
  ...noticesOf(packages),
].join(`\n${'-'.repeat(80)}\n\n`));

const self = { 'type': 'library', 'bom-ref': `pkg:npm/${name}@${version}`, name, version, 'purl': `pkg:npm/${name}@${version}`, 'licenses': [{ license: { id: license } }] };
writeFileSync(join(ROOT, 'sbom.cdx.json'), `${JSON.stringify({
  $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: self },
  components: packages.map(componentOf),
  dependencies: [{ ref: self['bom-ref'], dependsOn: packages.map((found) => componentOf(found)['bom-ref']) }],
}, undefined, 2)}\n`);
