import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clusterApp, deployCluster, deployStack } from './_cluster-app';
import { BINARY, CommandResult, endsWith, parseErrorOf, runBinary, runOnTerminal, runProcess, runRedirected } from './_command-line';
import { readJsonOutput } from './json-schema';
import { ExitCode } from '../../src/cli/exit-code';
import { says as saysOfCommands } from '../../src/cli/messages';
import { LocalAws } from '../aws/aws-server';
import { ProxyStandIn } from '../aws/proxy-stand-in';

/*
 * `status`, `check` and `plan` as users start them: the bundle as a process of its own. `refresh` has its own in
 * `refresh/with-the-cdk.test.ts`.
 */

const SKIPPING = { version: '1.37', release: '1.37.4-20260714' };

/** Longer than a command takes on a busy machine. */
const LASTING_MILLIS = 30_000;

let aws: LocalAws;
let cwd: string;

beforeAll(async () => {
  aws = await LocalAws.start();
  aws.publishAmis({ minors: ['1.35', '1.36', '1.37'], date: '2026-07-14', patch: 4 });
  deployCluster(aws);
  const before = await clusterApp({});
  await deployStack(aws, before, 'Prod');
  await rm(before, { recursive: true });
  cwd = await clusterApp(SKIPPING);
});

afterEach(async () => aws.clearFaults());

afterAll(async () => {
  await aws.stop();
  await rm(cwd, { recursive: true });
});

const inPipe = async (args: readonly string[], env: Record<string, string> = {}): Promise<CommandResult> =>
  runBinary(args, { cwd, env: { ...aws.environment, NO_COLOR: '', ...env } });
const onTerminal = async (args: readonly string[], env: Record<string, string> = {}): Promise<CommandResult> =>
  runOnTerminal(args, { cwd, env: { ...aws.environment, NO_COLOR: '', TERM: 'xterm', ...env } });

/** Without colours and what moves the cursor. */
// eslint-disable-next-line no-control-regex -- that is what it looks for
const plain = (text: string) => text.replace(/\u001b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r', '');

describe.each([
  { args: ['status'], exitCode: 1, says: /^ {2}workers {8}1\.35\.4-20260714 {5}1\.37\.4-20260714 {2}1\.35\.4-20260714 /m },
  { args: ['check'], exitCode: 1, says: /^ERROR cluster prod \[minor-step\]$/m },
  { args: ['plan', '--to', '1.36'], exitCode: 0, says: /^ {2}1\. 1\.35 → 1\.36, 17 minutes to 1\.9 hours$/m },
])('$args', ({ args, exitCode, says }) => {
  test('on a terminal: the progress, then the result', async () => {
    const result = await onTerminal(args);

    expect(result.exitCode).toBe(exitCode);
    expect(plain(result.stdout)).toMatch(/clusters [█░]{24} 1\/1/);
    expect(plain(result.stdout)).toMatch(says);
  });

  test('in a pipe: the result alone', async () => {
    const result = await inPipe(args);

    expect(result).toMatchObject({ exitCode, stderr: '', stdout: expect.stringMatching(says) });
    expect(result.stdout).not.toContain('\u001b');
  });

  test('as JSON, in the schema that is documented', async () => {
    const result = await inPipe([...args, '--json']);

    expect(result).toMatchObject({ exitCode, stderr: '' });
    expect(readJsonOutput(result.stdout)).toMatchObject({ command: args[0], clusters: [{ name: 'prod' }] });
  });
});

test('colours on a terminal, but where NO_COLOR is set', async () => {
  expect((await onTerminal(['status'])).stdout).toContain('\u001b[1mprod\u001b[22m');
  expect((await onTerminal(['status'], { NO_COLOR: '1' })).stdout).not.toMatch(/\u001b\[[\d;]*m/);
});

test('the terminal keeps its cursor and its line wrapping, as long as a run takes, which may be interrupted', async () => {
  // eslint-disable-next-line no-control-regex -- that is what it looks for
  expect((await onTerminal(['status'])).stdout).not.toMatch(/\u001b\[\?\d+[hl]/);
});

describe('output that nobody takes', () => {
  test.each([[['status']], [['plan', '--to', '1.36', '--format', 'html']], [['status', '--help']]])('%j on a full disk: one line, and 3', async (args) => {
    expect(await runRedirected(args, '> /dev/full', { cwd, env: aws.environment })).toEqual(
      endsWith(ExitCode.UNREADABLE, saysOfCommands.outputNotWritten({ why: 'ENOSPC: no space left on device, write' })),
    );
  });

  test.each([
    [['status'], '2>&1 | true', 1], [['status', '--bad'], '2>&1 | true', 2], [['status', '--bad'], '2> /dev/full', 2],
  ])('%j %s ends as ever', async (args, redirection, exitCode) => {
    expect(await runRedirected(args, redirection, { cwd, env: aws.environment })).toEqual({ exitCode, stdout: '', stderr: '' });
  });
});

test('AWS is reached through a proxy, where that is the only way', async () => {
  const proxy = await new ProxyStandIn().start();
  const directly = await inPipe(['status']);
  const behindProxy = await inPipe(['status'], proxy.environmentOf(aws));
  proxy.stop();

  expect(behindProxy).toEqual(directly);
  expect(proxy.asked).toEqual(expect.arrayContaining(['sts.aws.test', 'eks.aws.test', 'ssm.aws.test', 'cloudformation.aws.test']));
});

test('so is the Kubernetes API, at the endpoint that EKS names', async () => {
  const proxy = await new ProxyStandIn().start();
  const { url } = proxy;
  proxy.manner = 'refuses';
  aws.eks.cluster('prod').config = { endpoint: 'https://abcdef.gr7.us-west-2.eks.test' };
  const { exitCode, stdout } = await inPipe(['drain'], { HTTPS_PROXY: url });
  proxy.stop();

  expect(exitCode).toBe(ExitCode.UNREADABLE);
  expect(stdout).toContain(
    `the Kubernetes API at abcdef.gr7.us-west-2.eks.test could not be reached: the proxy ${url} that the environment names refuses to connect`,
  );
});

describe('the profile is', () => {
  let folder: string;
  const PROFILES = '[profile prod]\nregion = us-west-2\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret\n';

  beforeEach(async () => {
    folder = await clusterApp(SKIPPING);
    await writeFile(join(folder, 'aws-config'), PROFILES);
  });

  afterEach(async () => rm(folder, { recursive: true }));

  const statusBy = async (settings: object, more: Record<string, string> = {}, args: readonly string[] = []) => {
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...env } = aws.environment;
    await writeFile(join(folder, 'cdk.json'), JSON.stringify({ app: 'cdk.out', ...settings }));
    return runBinary(['status', ...args], { cwd: folder, env: { ...env, AWS_CONFIG_FILE: join(folder, 'aws-config'), ...more } });
  };

  test('that of the CDK CLI: in cdk.json, in a variable or in the file of the user', async () => {
    const byOption = await statusBy({}, {}, ['--profile', 'prod']);
    expect(byOption).toMatchObject({ exitCode: 1, stderr: '' });
    expect(await statusBy({ profile: 'prod' })).toEqual(byOption);
    expect(await statusBy({ profile: 'none' }, { CDK_PROFILE: 'prod' })).toEqual(byOption);
    await writeFile(join(folder, '.cdk.json'), JSON.stringify({ profile: 'prod' }));
    expect(await statusBy({}, { HOME: folder })).toEqual(byOption);
  });

  test('that of --profile first', async () => {
    expect(await statusBy({ profile: 'none' }, {}, ['--profile', 'prod'])).toMatchObject({ exitCode: 1 });
    expect(await statusBy({ profile: 'none' })).toMatchObject({ exitCode: 3, stdout: expect.stringContaining('none') });
  });
});

describe('exit codes', () => {
  test('2 for wrong use', async () => {
    expect(await inPipe(['status', 'Prot'])).toEqual(endsWith(ExitCode.WRONG_USE, saysOfCommands.noStack({ pattern: 'Prot', stacks: ['Prod'] })));
    expect(await inPipe(['plan', '--to', 'newest'])).toMatchObject({ exitCode: 2, stdout: '' });
    expect(await inPipe(['upgrade'])).toMatchObject({
      exitCode: 2, stdout: '', stderr: expect.stringContaining("unknown command 'upgrade'"),
    });
  });

  test.each(['status', 'check', 'plan'])('3 for %s without credentials: said in the place of the cluster', async (command) => {
    const { AWS_ACCESS_KEY_ID: _, ...env } = aws.environment;

    expect(await runBinary([command], { cwd, env })).toMatchObject({
      exitCode: 3, stderr: '', stdout: expect.stringContaining('Could not load credentials from any providers'),
    });
  });

  test('0 for help, which shows examples', async () => {
    expect(await inPipe(['help', 'plan'])).toMatchObject({
      exitCode: 0, stderr: '', stdout: expect.stringContaining('$ cdk-eks-upgrades plan --to 1.38\n'),
    });
  });
});

test.each([['status'], ['status', '--json']])('%s ends, whatever still runs in the process, with all of its output', async (...args) => {
  const lasting = encodeURI(`data:text/javascript,setTimeout(() => undefined, ${LASTING_MILLIS})`);
  const started = Date.now();
  const busy = await inPipe(args, { NODE_OPTIONS: `--import=${lasting}` });
  expect(Date.now() - started).toBeLessThan(LASTING_MILLIS);
  expect(busy).toEqual(await inPipe(args));
});

test.each([
  ['in a long time', '2999-01-01T00:00:00Z'], ['never', undefined],
])('a credential plugin of a kubeconfig runs once for all that is asked for: its token ends %s', async (_, expirationTimestamp) => {
  const ran = join(cwd, 'ran');
  await rm(ran, { force: true });
  const apiVersion = 'client.authentication.k8s.io/v1beta1';
  const credential = JSON.stringify({ kind: 'ExecCredential', apiVersion, status: { token: 'x', expirationTimestamp } });
  const exec = { apiVersion, command: 'sh', args: ['-c', `echo run >> '${ran}'; sleep 0.2; echo '${credential}'`] };
  await writeFile(join(cwd, 'kubeconfig'), JSON.stringify({
    'current-context': 'prod',
    'contexts': [{ name: 'prod', context: { cluster: 'prod', user: 'me' } }],
    'clusters': [{ name: 'prod', cluster: { server: 'https://127.0.0.1:9' } }], // nobody listens there
    'users': [{ name: 'me', user: { exec } }],
  }));
  expect(await inPipe(['drain', '--without-app', '--cluster', 'prod', '--kubeconfig', 'kubeconfig'])).toMatchObject({
    exitCode: 3, stdout: expect.stringContaining('127.0.0.1:9 could not be reached'),
  });
  expect(await readFile(ran, 'utf8')).toBe('run\n');
  expect(await inPipe(['check', '--without-app', '--cluster', 'prod', '--kubeconfig', 'kubeconfig'])).toMatchObject({
    stdout: expect.stringContaining('127.0.0.1:9 could not be reached'),
  });
});

test('a working folder that was deleted', async () => {
  const folder = await clusterApp({});
  const script = 'cd "$0" && rm -r "$0" && exec "$@"';
  expect(await runProcess('bash', ['-c', script, folder, process.execPath, BINARY, 'status'], { cwd, env: aws.environment })).toEqual(
    endsWith(ExitCode.UNREADABLE, saysOfCommands.noFolder({ why: 'ENOENT: no such file or directory, uv_cwd' })),
  );
});

test.each(['0', 'false'])('FORCE_COLOR=%s: no colours, on a terminal neither', async (forced) => {
  expect((await inPipe(['status'], { FORCE_COLOR: forced })).stdout).not.toContain('\u001b');
  expect((await onTerminal(['status'], { FORCE_COLOR: forced })).stdout).not.toMatch(/\u001b\[[\d;]*m/);
  expect((await inPipe(['status'], { FORCE_COLOR: '1' })).stdout).toContain('\u001b[1mprod');
});

test('a broken cdk.json', async () => {
  const folder = await clusterApp({});
  await writeFile(join(folder, 'cdk.json'), '{ "app": ');

  expect(await runBinary(['status'], { cwd: folder, env: aws.environment })).toEqual(
    endsWith(ExitCode.UNREADABLE, saysOfCommands.cdkJsonUnreadable({ file: join(folder, 'cdk.json'), why: parseErrorOf('{ "app": ') })),
  );
  await rm(folder, { recursive: true });
});
