/**
 * What AWS's own linter says of the templates of all examples, by CloudFormation's schemas of its day.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runExample, VPC_LOOK_UP, type ExampleOptions } from './_example-app';
import { promoted } from './_fleet-context';
import { WAVES } from '../../examples/fleet/fleet';
import { environmentPython, findPython } from '../deploy/python';

const EXAMPLES = join(__dirname, '../../examples');
const systemPython = findPython();

/** What an example needs that is not in its folder. */
const NEEDS: Record<string, ExampleOptions> = { 'existing-imported': { context: VPC_LOOK_UP }, 'fleet': { context: promoted(WAVES) } };

/** Tested elsewhere: with packages of its own, in other languages, or no app. */
const OTHERS = ['blueprints', 'demo', 'quickstart-go', 'quickstart-java', 'quickstart-python'];

/** The apps: `app.ts`, or one file for each step that the example describes. */
function appsOf(example: string): string[] {
  const files = readdirSync(join(EXAMPLES, example));
  return files.includes('app.ts') ? ['app.ts'] : files.filter((file) => /^(before|step-\d+)\.ts$/.test(file));
}

const examples = readdirSync(EXAMPLES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !OTHERS.includes(entry.name))
  .map(({ name }) => name);

interface Finding {
  readonly Filename: string;
  readonly Level: string;
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Location: { readonly Path: readonly (string | number)[] };
}

/** Runs cfn-lint on files; it ends with another code than 0 when it finds something. */
function lint(files: readonly string[]): Promise<Finding[]> {
  const python = environmentPython(systemPython!, join(__dirname, 'cfn-lint/requirements.txt'));
  return new Promise((done, failed) => {
    execFile(python, [
      '-c', 'import sys; from cfnlint.runner import main; sys.exit(main())', '--format', 'json', '--regions',
      'us-west-2', '--', ...files,
    ], { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stdout.trim().startsWith('[')) {
        done(JSON.parse(stdout));
      } else {
        failed(error ?? new Error(stderr));
      }
    });
  });
}

/**
 * cfn-lint 1.58 wants the ARN of a service integration to begin with `arn:aws:`, and knows no substitution in it: with one, a
 * state machine runs in all partitions.
 */
const isPartition = ({ Rule, Message }: Finding) => Rule.Id === 'E3601' && Message.startsWith("'arn:${Partition}:states:::");

const spelled = ({
  Filename, Rule, Location, Message,
}: Finding) => `${Filename.replace(/.*\/(?=.*\/)/, '')} ${Rule.Id} ${Location.Path.join('/')}: ${Message}`;

(systemPython ? describe : describe.skip)('cfn-lint', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cfn-lint-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('finds no error in the examples', async () => {
    const files = examples.flatMap((example) => appsOf(example).flatMap((file) => {
      mkdirSync(join(folder, example), { recursive: true });
      return Object.entries(runExample(example, { ...NEEDS[example], file }).stacks).map(([stack, { template }]) => {
        const path = join(folder, example, `${file.replace('.ts', '')}.${stack.replaceAll('/', '.')}.json`);
        writeFileSync(path, JSON.stringify(template));
        return path;
      });
    }));
    expect(files.length).toBeGreaterThan(examples.length);
    const findings = await lint(files);
    expect(findings.filter(({ Level }) => Level === 'Error').filter((finding) => !isPartition(finding)).map(spelled)).toEqual([]);
  }, 600_000);

  test('finds the error in a template that has one', async () => {
    const path = join(folder, 'wrong.json');
    writeFileSync(
      path, JSON.stringify({ Resources: { Group: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: 'c', Subnets: 'none' } } } }),
    );
    expect((await lint([path])).map(({ Rule }) => Rule.Id)).toEqual(expect.arrayContaining(['E3003', 'E3012']));
  }, 300_000);
});
