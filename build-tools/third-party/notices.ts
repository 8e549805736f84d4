import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { BundledPackage, componentOf, noticesOf } from './bundled-package';

/** Writes the licences of what esbuild took into THIRD-PARTY-NOTICES, and a list of it into sbom.cdx.json (CycloneDX). */
export function writeNotices(root: string, metafiles: readonly Metafile[]): void {
  const packages = packagesIn(root, metafiles);
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

  writeFileSync(join(root, 'THIRD-PARTY-NOTICES'), [
    `The programs in assets/ of ${name} hold code of the packages below, under the licences given with each.\n`,
    ...noticesOf(packages),
  ].join(`\n${'-'.repeat(80)}\n\n`));

  const purl = `pkg:npm/${name}@${version}`;
  writeFileSync(join(root, 'sbom.cdx.json'), `${JSON.stringify({
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { 'type': 'library', 'bom-ref': purl, name, version, purl, 'licenses': [{ license: { id: license } }] } },
    components: packages.map(componentOf),
    dependencies: [{ ref: purl, dependsOn: packages.map((found) => componentOf(found).purl) }],
  }, undefined, 2)}\n`);
}

/** The packages of which some code is in a bundle, each version once. */
function packagesIn(root: string, metafiles: readonly Metafile[]): BundledPackage[] {
  const folders = metafiles.flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
  const packages = [...new Set(folders)].map((folder) => BundledPackage.read(join(root, folder)));
  return [...new Map(packages.map((found) => [found.id, found])).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
