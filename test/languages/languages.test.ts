/**
 * The same apps in each language: `npx projen test:languages`.
 */
import { readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { contextOf, Language, LANGUAGES, projectOf, runtimeOf, write } from './languages';
import { tryRun } from './run';
import { cdk, templatesOf } from './synth';
import { LocalAws } from '../aws/aws-server';
import { publishAmis } from '../aws/published-amis';

jest.setTimeout(600_000);

const [typescript, ...translated] = LANGUAGES;

/** What `apps/errors.*` do wrong. */
const MISUSES = [...readFileSync(join(__dirname, 'apps/errors.ts'), 'utf8').matchAll(/^attempt\('(.+?)'/gm)].map(([, name]) => name);

/** What nobody catches there. */
const UNCAUGHT = "pinned release '1.34.1-20260601' carries Kubernetes 1.34, but the node group runs 1.36: pin a release of 1.36, "
  + 'or set kubernetesVersion to match [Stack/Cluster/NodegroupWorkers]';

/** Of all apps: feature flags change templates. */
let context: Record<string, unknown>;
let aws: LocalAws;
let reference: string;

beforeAll(async () => {
  context = await contextOf('quickstart-python');
  aws = await LocalAws.start();
  publishAmis(aws.ssm, { minors: ['1.35', '1.36'], date: '2026-07-14' });
  aws.ssm.put('/platform/eks/1.35/workers', '1.35.4-20260601');
  reference = await projectOf(typescript);
});

afterAll(() => aws.stop());

/** The templates of the quickstart in TypeScript, on the lowest CDK, which lacks the constant that the example has. */
async function quickstart(): Promise<Record<string, string>> {
  const app = join(reference, 'app.ts');
  await writeFile(app, (await readFile(app, 'utf8')).replace('V1_36', "of('1.36')"));
  return templatesOf(aws, { language: typescript, folder: reference, context });
}

/** The templates of the app that uses all that the package has. */
async function everything(language: Language, folder: string): Promise<Record<string, string>> {
  const { file, command } = language.place('everything');
  await write(folder, file, await readFile(join(__dirname, 'apps', basename(file)), 'utf8'));
  return templatesOf(aws, { language, folder, command, context });
}

/** What the app of misuses prints in a language. */
async function errors(language: Language, folder: string): Promise<{ readonly caught: string[]; readonly uncaught: string }> {
  const { file, command } = language.place('errors');
  await write(folder, file, await readFile(join(__dirname, 'apps', basename(file)), 'utf8'));
  const { exitCode, output } = await tryRun(command, { cwd: folder, env: { ...runtimeOf(language), CDK_VALIDATION: 'false' } });
  expect(exitCode).not.toBe(0);
  const lines = output.split('\n');
  const caught = lines.filter((line) => MISUSES.some((name) => line.startsWith(`${name}: `)));
  return { caught, uncaught: lines.filter((line) => !caught.includes(line)).join('\n') };
}

describe.each(translated.map((language) => [language.name, language] as const))('%s', (_, language: Language) => {
  let folder: string;

  beforeAll(async () => {
    folder = await projectOf(language);
  });

  test('the quickstart has the feature flags that all languages have', async () => {
    expect(await contextOf(language.example)).toEqual(context);
  });

  test('the quickstart has the same template as in TypeScript', async () => {
    const templates = await templatesOf(aws, { language, folder, context });
    expect(Object.keys(templates)).toEqual(['Quickstart.template.json']);
    expect(templates).toEqual(await quickstart());
  });

  test('everything has the same templates as in TypeScript', async () => {
    const templates = await everything(language, folder);
    expect(Object.keys(templates)).toEqual(['Everything.template.json', 'Others.template.json']);
    expect(templates).toEqual(await everything(typescript, reference));
  });

  test('errors read as in TypeScript, the construct path included', async () => {
    const { caught } = await errors(typescript, reference);
    expect(caught).toHaveLength(MISUSES.length);
    expect(await errors(language, folder)).toEqual({ caught, uncaught: expect.stringContaining(UNCAUGHT) });
  });

  test('what the look-up of an AMI meets is told with the construct path', async () => {
    aws.fail({ service: 'ssm', fault: 'accessDenied' });
    await rm(join(folder, 'cdk.context.json'), { force: true });
    const { exitCode, stdout, stderr } = await cdk(aws, language, folder, 'synth', '--quiet');
    expect(exitCode).toBe(1);
    expect(stdout + stderr).toMatch(/\[Error at \/Quickstart\/Cluster\/NodegroupWorkers\] SSM parameter '.+' .*not authorized to perform: ssm:GetParameter/);
  });

  test('the quickstart passes its own test', async () => {
    expect(await tryRun(language.test!, { cwd: folder, env: runtimeOf(language) })).toMatchObject({ exitCode: 0 });
  });
});
