/**
 * What is published: `dist/`, as `build-tools/package.sh` has built it.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { FLOOR, LANGUAGES, PROJECT } from './languages';
import { run } from './run';

const MEGABYTE = 1_000_000;

const filesOf = (folder: string) => readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' }).sort();
const only = (folder: string, pattern: RegExp) => {
  const found = filesOf(folder).filter((file) => pattern.test(file));
  expect(found).toHaveLength(1);
  return join(PROJECT, folder, found[0]);
};
/** Counted as skipped where the language's tools are not installed. */
const describeFor = (name: string) => LANGUAGES.find((language) => language.name === name)!.missing.length === 0 ? describe : describe.skip;
const list = async (command: string) => (await run(command, { cwd: PROJECT })).trim().split('\n').sort();
const read = (file: string) => readFileSync(join(PROJECT, file), 'utf8');

interface Member {
  readonly name: string;
  readonly docs?: { readonly example?: string };
  readonly parameters?: readonly { readonly name: string }[];
}

interface Type extends Member {
  readonly kind: 'class' | 'enum' | 'interface';
  readonly initializer?: Pick<Member, 'parameters'>;
  readonly methods?: readonly Member[];
  readonly properties?: readonly Member[];
  readonly members?: readonly Member[];
}

const types: Type[] = Object.values(JSON.parse(gunzipSync(readFileSync(join(PROJECT, '.cache/package/.jsii.gz'))).toString()).types);
const names = types.map(({ name }) => name);

describe('npm', () => {
  const tarball = () => only('dist/js', /\.tgz$/);

  test('holds what apps load, what types need and what jsii needs, and nothing else', async () => {
    const files = (await list(`tar tzf '${tarball()}'`)).map((file) => file.replace('package/', ''));
    expect(files.filter((file) => !/^lib\/.*\.d\.ts$/.test(file))).toEqual(NPM_FILES);
    expect(files).toEqual(expect.arrayContaining(['lib/index.d.ts', 'lib/cluster/upgradable-cluster.d.ts']));
  });

  test('is small', () => {
    expect(statSync(tarball()).size).toBeLessThan(1.7 * MEGABYTE);
  });

  test('has no dependency beyond its peers', () => {
    const { dependencies, bundledDependencies, peerDependencies } = JSON.parse(read('package.json'));
    expect({ dependencies, bundledDependencies }).toEqual({});
    expect(Object.keys(peerDependencies)).toEqual(['aws-cdk-lib', 'constructs']);
  });
});

describeFor('Python')('PyPI', () => {
  const wheel = () => only('dist/python', /\.whl$/);

  test('the wheel is small and holds the module, its types and its command', async () => {
    expect(statSync(wheel()).size).toBeLessThan(3 * MEGABYTE);
    const files = await list(`unzip -Z1 '${wheel()}'`);
    expect(files).toEqual(
      expect.arrayContaining(['cdk_eks_upgrades/__init__.py', 'cdk_eks_upgrades/py.typed', 'cdk_eks_upgrades/_jsii/__init__.py']),
    );
    expect(files.filter((file) => file.endsWith('/cdk-eks-upgrades'))).toHaveLength(1);
  });

  test('says whose code it holds', async () => {
    expect(await list(`unzip -p '${wheel()}' '*.jsii.tgz' | tar tz`)).toEqual(expect.arrayContaining(NOTICES));
  });

  test('asks for the lowest CDK', async () => {
    const metadata = await run(`unzip -p '${wheel()}' '*/METADATA'`, { cwd: PROJECT });
    expect(metadata).toContain('Name: cdk-eks-upgrades');
    expect(metadata).toMatch(new RegExp(`^Requires-Dist: aws-cdk-lib ?<3\\.0\\.0,>=${FLOOR.cdk}$`, 'm'));
    expect(metadata).toMatch(new RegExp(`^Requires-Dist: constructs ?<11\\.0\\.0,>=${FLOOR.constructs}$`, 'm'));
  });

  test('has every public name, and the examples translated', async () => {
    const module = await run(`unzip -p '${wheel()}' cdk_eks_upgrades/__init__.py`, { cwd: PROJECT });
    expect(names.filter((name) => !new RegExp(`^class ${name}\\b`, 'm').test(module))).toEqual([]);
    expectTranslated(module, 'UpgradableCluster(self, "Cluster"');
  });
});

describeFor('Java')('Maven Central', () => {
  const jar = () => only('dist/java', /cdk-eks-upgrades-[\d.]+\.jar$/);

  test('has the coordinates of the README, and all that the registry asks for', () => {
    const pom = readFileSync(jar().replace(/jar$/, 'pom'), 'utf8');
    const { groupId, artifactId } = /(?<groupId>[\w.-]+):(?<artifactId>[\w-]+)`/.exec(
      /^\| Java \|.*$/m.exec(read('README.md'))![0],
    )!.groups!;
    expect(pom).toContain(`<groupId>${groupId}</groupId>`);
    expect(pom).toContain(`<artifactId>${artifactId}</artifactId>`);
    ['name', 'description', 'url', 'licenses', 'developers', 'scm'].forEach((element) => expect(pom).toContain(`<${element}>`));
  });

  test('says whose code it holds', async () => {
    expect(await list(`unzip -p '${jar()}' '*.jsii.tgz' | tar tz`)).toEqual(expect.arrayContaining(NOTICES));
  });

  test('asks for the lowest CDK', () => {
    const pom = readFileSync(jar().replace(/jar$/, 'pom'), 'utf8');
    expect(pom).toMatch(new RegExp(`<artifactId>aws-cdk-lib</artifactId>\\s*<version>\\[${FLOOR.cdk},3\\.0\\.0\\)</version>`));
    expect(pom).toMatch(new RegExp(`<artifactId>constructs</artifactId>\\s*<version>\\[${FLOOR.constructs},11\\.0\\.0\\)</version>`));
  });

  test('comes with sources and documentation', () => {
    expect(filesOf('dist/java').filter((file) => file.endsWith('.jar')).map((file) => file.replace(/.*-\d+\.\d+\.\d+/, ''))).toEqual([
      '-javadoc.jar', '-sources.jar', '.jar',
    ]);
  });

  test('has every public name, and the examples translated', async () => {
    const files = await list(`unzip -Z1 '${jar()}'`);
    expect(names.filter((name) => !files.includes(`io/github/cdkeksupgrades/${name}.class`))).toEqual([]);
    expectTranslated(
      await run(`unzip -p '${jar().replace(/\.jar$/, '-sources.jar')}' '*.java'`, { cwd: PROJECT }),
      'UpgradableCluster.Builder.create(this, "Cluster")',
    );
  });
});

describeFor('Go')('Go', () => {
  const folder = 'dist/go/cdkeksupgrades';

  test('is the module of the README, and asks for the lowest CDK', () => {
    const module = read(`${folder}/go.mod`);
    expect(module).toContain(`module ${/go get (\S+?)`/.exec(read('README.md'))![1]}\n`);
    expect(module).toContain(`github.com/aws/aws-cdk-go/awscdk/v2 v${FLOOR.cdk}\n`);
    expect(module).toContain(`github.com/aws/constructs-go/constructs/v10 v${FLOOR.constructs}\n`);
  });

  test('has every public name, and the examples translated', async () => {
    const files = filesOf(folder);
    expect(names.filter((name) => !files.includes(`${name}.go`))).toEqual([]);
    expectTranslated(await run('cat *.go', { cwd: join(PROJECT, folder) }), 'NewUpgradableCluster(this, jsii.String("Cluster")');
  });
});

describe('.NET', () => {
  const folder = 'dist/dotnet';
  const source = (name: string) => readFileSync(only(folder, new RegExp(`/${name}\\.cs$`)), 'utf8');
  const pascal = (name: string) => name.replace(/^./, (letter) => letter.toUpperCase());

  test('is the package of the README', () => {
    expect(readFileSync(only(folder, /CdkEksUpgrades\.csproj$/), 'utf8')).toContain(
      `<PackageId>${/dotnet add package (\w+)/.exec(read('README.md'))![1]}</PackageId>`,
    );
  });

  test.each(types.map((type) => [type.name, type] as const))('%s has its public names', (_, {
    name, kind, methods = [], properties = [], members = [],
  }) => {
    const text = source(kind === 'interface' ? `I${name.replace(/^I(?=[A-Z])/, '')}` : name);
    const wanted = [
      ...methods.map((method) => `${pascal(method.name)}(`),
      ...properties.map((property) => `${pascal(property.name)}`), ...members.map((member) => member.name),
    ];
    expect(wanted.filter((word) => !text.includes(` ${word}`))).toEqual([]);
  });

  test('has the examples translated', async () => {
    expectTranslated(await run(`find ${folder} -name '*.cs' -exec cat {} +`, { cwd: PROJECT }), 'new UpgradableCluster(this, "Cluster"');
  });
});

/** A language's row in the README's table: what one installs, what one writes, and the folder of the example. */
function rowOf(language: string): string[] {
  const row = new RegExp(`^\\| ${language} \\| .*?\`(.+?)\`.*? \\| \`(.+?)\` \\| \\[.+?\\]\\((.+?)\\)`, 'm');
  return row.exec(read('README.md'))!.slice(1);
}

// the examples are installed and run by languages.test.ts
test.each([
  ['TypeScript', 'npm install cdk-eks-upgrades', ['UpgradableCluster', "from 'cdk-eks-upgrades'"]],
  ['Python', 'pip install cdk-eks-upgrades', ['UpgradableCluster', 'from cdk_eks_upgrades import']],
  ['Java', 'io.github.cdk-eks-upgrades:cdk-eks-upgrades', ['import io.github.cdkeksupgrades.UpgradableCluster;']],
  ['Go', 'go get github.com/cdk-eks-upgrades/cdk-eks-upgrades-go/cdkeksupgrades', ['cdkeksupgrades.NewUpgradableCluster(']],
])('the README tells what to install and write in %s, as the example does', async (language, install, words) => {
  const [command, statement, example] = rowOf(language);
  const sources = await run(`cat $(git ls-files '${example}')`, { cwd: PROJECT });
  expect(command).toBe(install);
  expect(words.filter((word) => !statement.includes(word) || !sources.includes(word))).toEqual([]);
});

test('the app of everything uses every class and enum, and every method, prop and enum value that is not of the CDK', () => {
  const app = read('test/languages/apps/everything.ts');
  const wanted = types.flatMap(({ name, kind, members = [], properties = [], methods = [] }) => [
    ...(kind === 'interface' ? properties.map((property) => property.name) : [
      name, ...methods.map((method) => method.name).filter((method) => !OF_THE_LANGUAGE_OR_CDK.includes(method)),
    ]),
    ...(name.endsWith('Mode') || name.endsWith('Policy') || KNOWN_BY_NAME.includes(name) ? [] : members.map(
      (member) => `${name}.${member.name}`,
    )),
  ]);
  expect(wanted.filter((word) => !new RegExp(`\\b${word}\\b`).test(app))).toEqual([]);
});

test('every name can be written in every language, and is a keyword of none', () => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the package exports it to nobody
  const { isReservedName } = require(join(PROJECT, 'node_modules/jsii/lib/reserved-words.js'));
  const all = types.flatMap(({ name, initializer, methods = [], properties = [], members = [] }) => [
    name,
    ...[...methods, ...properties, ...members].map((member) => member.name),
    ...[initializer, ...methods].flatMap((callable) => (callable?.parameters ?? []).map((parameter) => parameter.name)),
  ]);
  expect(isReservedName('class')).toBeDefined();
  // as EKS calls it: Python, Java, Go and TypeScript have no such keyword, and C# writes properties with a capital letter
  expect(all.filter((name) => isReservedName(name) && name !== 'namespace')).toEqual([]);
  expect(all.filter((name) => !/^[a-z]\w*$/i.test(name))).toEqual([]); // a parameter that is taken apart has no name
});

test('the release publishes all five', () => {
  const workflow = read('.github/workflows/release.yml');
  expect([...workflow.matchAll(/npx projen package:(\w+)/g)].map(([, language]) => language).sort()).toEqual([
    'dotnet', 'go', 'java', 'js', 'python',
  ]);
  expect(workflow).toContain('NPM_CONFIG_PROVENANCE: "true"');
});

/** jsii-pacmak says so where it had to guess at a translation. */
function expectTranslated(text: string, example: string): void {
  expect(text).toContain(example);
  expect(text).not.toContain('May contain errors');
}

/** Methods that no app calls for what this package does. */
const OF_THE_LANGUAGE_OR_CDK = ['toString', 'addNodegroupCapacity'];

/** Enums that describe what `EksAmiType` knows: the app compares some of their values with what it is told. */
const KNOWN_BY_NAME = ['AmiAccelerator', 'AmiArchitecture', 'AmiFamily', 'ReleaseVersionScheme'];

const NPM_FILES = [
  '.jsii',
  '.jsii.gz',
  '.jsii.tabl.json',
  'LICENSE',
  'README.md',
  'THIRD-PARTY-NOTICES',
  'assets/cli/cdk-eks-upgrades/index.js',
  'assets/handler/cluster-upgrades.zip',
  'assets/plugin/preview/answer.js',
  'assets/plugin/preview/index.js',
  'lib/index.js',
  'lib/preview.js',
  'lib/seldom.js',
  'lib/waves.js',
  'package.json',
  'preview.js',
  'sbom.cdx.json',
];

/** What says whose code is in the bundles: in the npm package, which the packages of the other languages hold. */
const NOTICES = ['package/THIRD-PARTY-NOTICES', 'package/sbom.cdx.json'];
