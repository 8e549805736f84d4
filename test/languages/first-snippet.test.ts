/**
 * The first snippet of the README, as somebody takes it who has just found this library: pasted into what `cdk init` makes, with
 * the lowest `aws-cdk-lib` that the package allows.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FLOOR, PROJECT } from './languages';
import { run, tryRun } from './run';
import { LocalAws } from '../aws/aws-server';

jest.setTimeout(900_000);

const FILE = 'bin/my-cluster.ts';

let aws: LocalAws;
let folder: string;

beforeAll(async () => {
  aws = await LocalAws.start();
  aws.publishAmis({ minors: ['1.36'], date: '2026-07-14' });
  folder = join(await mkdtemp(join(tmpdir(), 'first-snippet-')), 'my-cluster');
  await mkdir(folder);
  await run(`node '${PROJECT}/node_modules/aws-cdk/bin/cdk' init app --language typescript --generate-only`, { cwd: folder });
  await run(
    `npm install --no-audit --no-fund '${PROJECT}'/dist/js/*.tgz aws-cdk-lib@${FLOOR.cdk} constructs@${FLOOR.constructs}`, { cwd: folder },
  );
});

afterAll(async () => {
  await aws.stop();
  await rm(join(folder, '..'), { recursive: true, force: true });
});

/** The first snippet, and the file that the README puts it into. */
async function snippet(): Promise<string> {
  const readme = await readFile(join(PROJECT, 'README.md'), 'utf8');
  const [, file, code] = /`cdk init app --language typescript`, the whole of `(.+?)`:\n\n```ts fixture=program\n([^]*?)```/.exec(readme)!;
  expect(file).toBe(FILE);
  return code;
}

const synth = async () => tryRun(
  'npx cdk synth --quiet', { cwd: folder, env: { ...aws.environment, PATH: process.env.PATH, CDK_VALIDATION: 'false' } },
);

test('it type-checks, and its first synth looks the release up', async () => {
  await writeFile(join(folder, FILE), await snippet());

  expect(await synth()).toMatchObject({ exitCode: 0 });
  const { Resources } = JSON.parse(await readFile(join(folder, 'cdk.out/MyCluster.template.json'), 'utf8'));
  const all = Object.values<{ readonly Type: string; readonly Properties: object }>(Resources);
  const propertiesOf = (type: string) => all.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  expect(propertiesOf('AWS::EKS::Cluster')).toMatchObject([{ Version: '1.36' }]);
  expect(propertiesOf('AWS::EKS::Nodegroup')).toMatchObject([{ Version: '1.36', ReleaseVersion: '1.36.2-20260714' }]);
  expect(propertiesOf('AWS::EKS::Addon')).toHaveLength(3);
});

test('with a constant that this aws-cdk-lib does not have, and without type check, it is told what to write', async () => {
  await writeFile(join(folder, FILE), (await snippet()).replace("KubernetesVersion.of('1.36')", 'KubernetesVersion.V1_36'));
  await writeFile(join(folder, 'cdk.json'), JSON.stringify({ app: `npx tsx ${FILE}` }));

  const { exitCode, output } = await synth();

  expect(exitCode).toBe(1);
  expect(output).toContain("version is undefined: write KubernetesVersion.of('1.36')");
});
