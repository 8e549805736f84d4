/**
 * The same apps in each language: `npx projen test:languages`.
 */
import { readFileSync } from 'node:fs';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { contextOf, Language, LANGUAGES, projectOf, runtimeOf, write } from './languages';
import { tryRun } from './run';
import { cdk, configure, templatesOf } from './synth';
import { LocalAws } from '../aws/aws-server';
import { publishAmis } from '../aws/published-amis';

jest.setTimeout(900_000);

const [typescript, ...translated] = LANGUAGES;

/** What `apps/errors.*` do wrong. */
const MISUSES = [...readFileSync(join(__dirname, 'apps/errors.ts'), 'utf8').matchAll(/^attempt\('(.+?)'/gm)].map(([, name]) => name);

/** What nobody catches there. */
const UNCAUGHT = "pinned release '1.34.1-20260601' carries Kubernetes 1.34, but the node group runs 1.36: pin a release of 1.36, "
  + 'or set kubernetesVersion to match [Stack/Cluster/NodegroupWorkers]';

/** What the apps do in TypeScript. */
interface Reference {
  readonly folder: string;
  readonly quickstart: Record<string, string>;
  readonly everything: Record<string, string>;
  readonly errors: readonly string[];
  readonly preview: string;
}

/** Of all apps: feature flags change templates. */
let context: Record<string, unknown>;
let aws: LocalAws;
let reference: Reference;

beforeAll(async () => {
  context = await contextOf('quickstart-python');
  aws = await LocalAws.start();
  publishAmis(aws.ssm, { minors: ['1.35', '1.36'], date: '2026-07-14' });
  aws.ssm.put('/platform/eks/1.35/workers', '1.35.4-20260601');
  aws.ssm.put('/golden/eks/1.36/al2023/x86_64/image_id', 'ami-0123456789abcdef3');
  aws.ssm.put('/aws/service/bottlerocket/aws-k8s-1.36/arm64/1.34.0-18d04e52/image_id', 'ami-0123456789abcdef0');
  const folder = await projectOf(typescript);
  // the lowest CDK lacks the constant that the example has
  await writeFile(join(folder, 'app.ts'), (await readFile(join(folder, 'app.ts'), 'utf8')).replace('V1_36', "of('1.36')"));
  const quickstart = await templatesOf(aws, { language: typescript, folder, context });
  deployOlder(quickstart['Quickstart.template.json']);
  reference = {
    folder,
    quickstart,
    preview: await preview(typescript, folder),
    everything: await everything(typescript, folder),
    errors: (await errors(typescript, folder)).caught,
  };
});

afterAll(() => aws.stop());

/** Makes as if the quickstart had been deployed when it said 1.35. */
function deployOlder(template: string): void {
  aws.deploy('Quickstart', JSON.parse(template.replaceAll('1.36', '1.35')));
}

/** The templates of the app that uses all that the package has. */
async function everything(language: Language, folder: string): Promise<Record<string, string>> {
  const { file, command } = language.place('everything');
  await write(folder, file, await readFile(join(__dirname, 'apps', basename(file)), 'utf8'));
  return templatesOf(aws, { language, folder, command, context });
}

/**
 * What the app of misuses prints in a language.
 *
 * The runtimes of the languages put the name of the JavaScript error before the message of a method, and not before that of a constructor.
 */
async function errors(language: Language, folder: string): Promise<{ readonly caught: string[]; readonly uncaught: string }> {
  const { file, command } = language.place('errors');
  await write(folder, file, await readFile(join(__dirname, 'apps', basename(file)), 'utf8'));
  const { exitCode, output } = await tryRun(command, { cwd: folder, env: { ...runtimeOf(language), CDK_VALIDATION: 'false' } });
  expect(exitCode).not.toBe(0);
  const lines = output.split('\n');
  const caught = lines.filter((line) => MISUSES.some((name) => line.startsWith(`${name}: `)));
  return {
    caught: caught.map((line) => line.replace(/: \w*Error: /, ': ')), uncaught: lines.filter((line) => !caught.includes(line)).join('\n'),
  };
}

/** The block that `cdk diff` shows above the diff of the quickstart, with the plugin as the docs install it. */
async function preview(language: Language, folder: string): Promise<string> {
  await configure(folder, { plugin: ['cdk-eks-upgrades/preview'] });
  const { exitCode, stdout, stderr } = await cdkWithPlugin(language, folder, 'on', 'diff', '--method', 'template');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  await configure(folder, { plugin: [] });
  return /what a deployment does to cluster [^]*?\(Construct Annotations\)/.exec(stdout + stderr)![0];
}

/** Runs `cdk` where its plugin is installed, with a value of `CDK_EKS_UPGRADES_PREVIEW`. */
async function cdkWithPlugin(language: Language, folder: string, mode: string, ...args: string[]): ReturnType<typeof cdk> {
  const env = { NODE_PATH: join(reference?.folder ?? folder, 'node_modules'), CDK_EKS_UPGRADES_PREVIEW: mode };
  return cdk(aws, { language, folder, env }, ...args);
}

/** Counted as skipped, and said, where a language's tools are not installed. */
const here = (language: Language) => language.missing.length === 0 ? describe : describe.skip;

translated.filter(({ missing }) => missing.length > 0).forEach(({ name, missing }) => {
  console.warn(`${name} is NOT tested: ${missing.join(' and ')} is not installed here`);
});

test('the app of misuses says in TypeScript what is wrong with each', () => {
  expect(reference.errors).toHaveLength(MISUSES.length);
  expect(reference.errors.filter((line) => line.includes('nothing was thrown'))).toEqual([]);
});

describe.each(
  translated.map((language) => [language.name, language] as const),
)('%s', (_, language: Language) => here(language)('as its user', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await projectOf(language);
  });

  test('the quickstart has the feature flags that all languages have', async () => {
    expect(await contextOf(language.example)).toEqual(context);
  });

  test('the quickstart has the same template as in TypeScript, and the same preview', async () => {
    const templates = await templatesOf(aws, { language, folder, context });
    expect(Object.keys(templates)).toEqual(['Quickstart.template.json']);
    expect(templates).toEqual(reference.quickstart);
    expect(await preview(language, folder)).toBe(reference.preview);
  });

  test('everything has the same templates as in TypeScript', async () => {
    await copyFile(join(reference.folder, 'cdk.context.json'), join(folder, 'cdk.context.json')); // looked up already
    const templates = await everything(language, folder);
    expect(Object.keys(templates)).toEqual([
      'AddOns.template.json',
      'Everything.template.json',
      'Existing.template.json',
      expect.stringMatching(/^ExistingawscdkawseksClusterResourceProvider.*nested/),
      expect.stringMatching(/^ExistingawscdkawseksKubectlProvider.*nested/),
      'Others.template.json',
    ]);
    expect(templates).toEqual(reference.everything);
  });

  test('errors read as in TypeScript, the construct path included', async () => {
    expect(await errors(language, folder)).toEqual({ caught: reference.errors, uncaught: expect.stringContaining(UNCAUGHT) });
  });

  test('what the look-up of an AMI meets is told with the construct path', async () => {
    aws.fail({ service: 'ssm', fault: 'accessDenied' });
    await rm(join(folder, 'cdk.context.json'), { force: true });
    const { exitCode, stdout, stderr } = await cdk(aws, { language, folder }, 'synth', '--quiet');
    await aws.clearFaults();
    expect(exitCode).toBe(1);
    expect(stdout + stderr).toMatch(
      /^ERROR SSM parameter '.+' .*not authorized to perform: ssm:GetParameter.*\n *Quickstart\/Cluster\/NodegroupWorkers$/m,
    );
  });

  test('the quickstart passes its own test', async () => {
    expect(await tryRun(language.test!, { cwd: folder, env: runtimeOf(language) })).toMatchObject({ exitCode: 0 });
  });
}));
