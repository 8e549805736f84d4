import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BundledPackage, componentOf, noticesOf } from '../../build-tools/third-party/bundled-package';

const ROOT = join(__dirname, '../..');
const installed = (name: string) => join(ROOT, 'node_modules', name);
const read = (file: string) => {
  if (!existsSync(join(ROOT, file))) {
    throw new Error(`${file} is missing: run npx projen bundle first`);
  }
  return readFileSync(join(ROOT, file), 'utf8');
};

describe("other people's code in the bundles", () => {
  const notices = read('THIRD-PARTY-NOTICES');
  const sbom: { components: { name: string; version: string; purl: string }[]; dependencies: { dependsOn: string[] }[] } = JSON.parse(read('sbom.cdx.json'));
  const names = sbom.components.map(({ name }) => name);

  test('is listed, with the version that is installed', () => {
    expect(names).toEqual(expect.arrayContaining(['commander', 'cli-table3', 'picomatch', '@aws-sdk/client-eks', '@smithy/core']));
    expect(sbom.dependencies[0].dependsOn).toEqual(sbom.components.map(({ purl }) => purl));
    const versions = sbom.components.map(({ name, version }) => `${name}@${version}`);
    expect(versions).toContain(`commander@${JSON.parse(readFileSync(join(installed('commander'), 'package.json'), 'utf8')).version}`);
  });

  test('comes with its licence', () => {
    sbom.components.forEach(({ name, version }) => expect(notices).toContain(`${name}@${version}, `));
    expect(notices).toContain('Copyright (c) 2011 TJ Holowaychuk'); // of commander
  });

  test('does not hold what is only imported for its types or for tests', () => {
    expect(names).not.toContain('esbuild');
    expect(names.filter((name) => name.startsWith('@types/') || name === 'aws-cdk-lib')).toEqual([]);
  });
});

describe('a bundled package', () => {
  test('is named as package URLs are', () => {
    const found = BundledPackage.read(installed('@smithy/core'));
    expect(componentOf(found).purl).toBe(`pkg:npm/%40smithy/core@${found.version}`);
  });

  test('shares its text with others that have the same', () => {
    const found = BundledPackage.read(installed('commander'));
    expect(noticesOf([found, found, BundledPackage.read(installed('picomatch'))])).toHaveLength(2);
  });

  test('fails where nobody says under which licence it is', () => {
    expect(() => BundledPackage.read(join(ROOT, 'examples/blueprints'))).toThrow('names no licence');
  });
});
