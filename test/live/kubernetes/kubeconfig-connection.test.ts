import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  write('a', 'prod', 'https://a.example.com');
  write('b', 'prod', 'https://b.example.com');
  write('c', 'test', 'https://c.example.com');
  writeFileSync(join(folder, 'empty'), '');
  writeFileSync(join(folder, 'comment'), '---\n# to be filled\n\n');
  writeFileSync(join(folder, 'none-current'), 'apiVersion: v1\nkind: Config\n');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(file: string, name: string, server: string): void {
  writeFileSync(join(folder, file), `apiVersion: v1
kind: Config
current-context: ${name}
clusters: [{ name: ${name}, cluster: { server: "${server}" } }]
users: [{ name: ${name}, user: { token: of-${file} } }]
contexts: [{ name: ${name}, context: { cluster: ${name}, user: ${name} } }]
`);
}

const CONNECTION = join(__dirname, '../../../src/live/kubernetes/kubeconfig-connection.ts');

/** In a process of its own: the client is an ES module, which jest does not load. */
const ASK = `
  const { kubeconfigConnection } = require(${JSON.stringify(CONNECTION)});
  const ask = async () => {
    const { server, requestOptions } = await kubeconfigConnection(JSON.parse(process.argv[1]));
    const { headers, agent } = await requestOptions();
    return agent ? [server, headers, agent.constructor.name] : [server, headers];
  };
  ask().catch(({ message }) => message).then((told) => console.log(JSON.stringify(told)));
`;

/** The server to which files in KUBECONFIG lead, and the token for it; or why they lead to none. */
async function reached(files: readonly string[], options: object = {}): Promise<unknown> {
  const KUBECONFIG = files.map((file) => file && join(folder, file)).join(delimiter);
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', '--eval', ASK, JSON.stringify(options)], {
    cwd: join(__dirname, '../../..'), env: { ...process.env, KUBECONFIG }, timeout: 60_000,
  });
  return JSON.parse(stdout);
}

const BY_A = ['https://a.example.com', { Authorization: 'Bearer of-a' }];
const BY_C = ['https://c.example.com', { Authorization: 'Bearer of-c' }];

test.each<[string, string[]]>([
  ['one file', ['a']],
  ['a missing one behind it', ['a', 'missing']],
  ['a missing one before it', ['missing', 'a']],
  ['nothing between two delimiters', ['', 'a', '']],
  ['others of the same names, of which the first counts', ['a', 'b', 'a']],
  ['others of other names', ['a', 'c']],
  ['an empty one before it', ['empty', 'a']],
  ['an empty one behind it, and one with a comment', ['a', 'empty', 'comment']],
  ['one without a current context before it', ['none-current', 'a', 'c']],
])('KUBECONFIG with several files is read as by kubectl: %s', async (_, files) => {
  expect(await reached(files)).toEqual(BY_A);
});

test('only a proxy of the kubeconfig has an agent of its own: others keep their connections, and know the proxy of the environment', async () => {
  writeFileSync(join(folder, 'proxied'), readFileSync(join(folder, 'a'), 'utf8').replace('server:', 'proxy-url: "http://proxy.example.com:3128", server:'));
  expect(await reached(['proxied'])).toEqual([...BY_A, 'HttpsProxyAgent']);
  expect(await reached(['a'])).toEqual(BY_A);
});

test('a context of a later file is there, too', async () => {
  expect(await reached(['a', 'b', 'missing', 'c'], { context: 'test' })).toEqual(BY_C);
});

test('fails where no file is there, naming them', async () => {
  expect(await reached(['missing', 'gone'])).toMatch(/^the kubeconfig .*missing.*gone could not be read: ENOENT/);
});

test('fails for one that cannot be read, also behind others', async () => {
  writeFileSync(join(folder, 'broken'), 'clusters: [');
  expect(await reached(['a', 'broken'])).toMatch(/^the kubeconfig .*broken could not be read: /);
});

test('a file that is given is alone, and has to be there', async () => {
  expect(await reached(['c'], { kubeconfig: join(folder, 'a') })).toEqual(BY_A);
  expect(await reached(['c'], { kubeconfig: join(folder, 'missing') })).toMatch(/missing could not be read: ENOENT/);
});

test('an empty file alone has no context', async () => {
  expect(await reached(['empty'])).toMatch(/^the kubeconfig has no current context: /);
  expect(await reached([], { kubeconfig: join(folder, 'comment') })).toMatch(/^the kubeconfig has no current context: /);
});

describe('a user', () => {
  const writeUser = (file: string, user: object) => writeFileSync(join(folder, file), JSON.stringify({
    'current-context': 'prod',
    'clusters': [{ name: 'prod', cluster: { server: 'https://a.example.com' } }],
    'users': [{ name: 'other', user: null }, { name: 'me', user }],
    'contexts': [{ name: 'prod', context: { cluster: 'prod', user: 'me' } }],
  }));
  const headersFor = async (user: object, ...others: string[]) => {
    writeUser('me', user);
    const answer = await reached(['me', ...others]);
    return typeof answer === 'string' ? answer : (answer as object[])[1];
  };
  beforeEach(() => writeFileSync(join(folder, 'token'), 'of-file\n'));

  test('has a token in a file: beside the kubeconfig, or anywhere', async () => {
    expect(await headersFor({ tokenFile: 'token' })).toEqual({ Authorization: 'Bearer of-file' });
    expect(await headersFor({ tokenFile: join(folder, 'token'), token: 'inline' })).toEqual({ Authorization: 'Bearer of-file' });
    expect(await headersFor({ tokenFile: 'gone' })).toMatch(/gives no credentials: ENOENT.*gone/);
  });

  test('acts as another one, of groups and with a UID', async () => {
    expect(await headersFor({ 'token': 'x', 'as': 'someone', 'as-groups': ['a', 'b'], 'as-uid': '7' })).toEqual({
      'Authorization': 'Bearer x', 'Impersonate-User': 'someone', 'Impersonate-Group': ['a', 'b'], 'Impersonate-Uid': '7',
    });
    expect(await headersFor({ 'token': 'x', 'as': 'someone', 'as-user-extra': { scopes: ['a'] } })).toMatch(
      /gives no credentials: user 'me' has as-user-extra, which is not supported: leave it out/,
    );
  });

  test('is the first of the name', async () => {
    writeUser('later', { tokenFile: 'token' });
    expect(await headersFor({ token: 'first' }, 'later')).toEqual({ Authorization: 'Bearer first' });
  });
});

describe('a credential plugin', () => {
  const V1 = 'client.authentication.k8s.io/v1';
  const BETA = 'client.authentication.k8s.io/v1beta1';
  const gives = (status: object) => JSON.stringify({ kind: 'ExecCredential', apiVersion: V1, status });
  const cluster = { server: 'https://a.example.com' };

  /** Writes a script that Node.js runs; it notes each run in `ran`. */
  const writeScript = (name: string, script: string) => {
    const [file, ran] = [join(folder, name), join(folder, 'ran')];
    writeFileSync(file, `#!${process.execPath}\nrequire('fs').appendFileSync(${JSON.stringify(ran)}, 'x');\n${script}\n`);
    chmodSync(file, 0o755);
  };
  const writePlugin = (script: string) => writeScript('plugin.js', script);
  const writeKubeconfig = (exec: object, user: object = {}, ofCluster: object = cluster, file = 'me') => writeFileSync(join(folder, file), JSON.stringify({
    'current-context': 'prod',
    'clusters': [{ name: 'prod', cluster: ofCluster }],
    'users': [{ name: 'me', user: { ...user, exec } }],
    'contexts': [{ name: 'prod', context: { cluster: 'prod', user: 'me' } }],
  }));
  const runs = () => existsSync(join(folder, 'ran')) ? readFileSync(join(folder, 'ran'), 'utf8').length : 0;
  const ENTRY = { apiVersion: V1, command: './plugin.js', interactiveMode: 'Never' };
  const GIVES_TOKEN = `console.log(${JSON.stringify(gives({ token: 'of-plugin' }))});`;
  const BY_PLUGIN = ['https://a.example.com', { Authorization: 'Bearer of-plugin' }];

  /** What asking twice ends with, and what is said on stderr: on a terminal, or without one. */
  const ask = async (how: { terminal?: boolean } = {}) => {
    const env: NodeJS.ProcessEnv = { ...process.env, KUBECONFIG: join(folder, 'me'), TOLD: join(folder, 'answer') };
    const asking = `
      const { kubeconfigConnection } = require(${JSON.stringify(CONNECTION)});
      const ask = async () => {
        const { requestOptions } = await kubeconfigConnection({});
        const [one, two] = await Promise.allSettled([requestOptions(), requestOptions()]);
        return [one, two].map(({ value, reason }) => value ? { headers: value.headers } : reason.message);
      };
      ask().catch(({ message }) => [message]).then((told) => require('fs').writeFileSync(process.env.TOLD, JSON.stringify(told)));
    `;
    writeFileSync(join(folder, 'ask.js'), asking);
    const command = [process.execPath, '--require', 'tsx/cjs', join(folder, 'ask.js')];
    const options = { cwd: join(__dirname, '../../..'), env, timeout: 60_000 };
    const { stdout, stderr } = how.terminal
      ? await promisify(execFile)('script', ['-qec', command.map((part) => `'${part}'`).join(' '), '/dev/null'], options)
      : await promisify(execFile)(command[0], command.slice(1), options);
    return { told: JSON.parse(readFileSync(join(folder, 'answer'), 'utf8')), stderr: how.terminal ? stdout : stderr };
  };
  const failure = async () => {
    const { told: [one, two] } = await ask();
    expect(two).toEqual(one);
    expect(one).toMatch(/^the kubeconfig .*me gives no credentials: /);
    return one.replace(/^.*?gives no credentials: /, '').replaceAll(folder, '<folder>');
  };
  /** What it is told of the cluster. */
  const toldOfCluster = async () => {
    writePlugin(`console.log(JSON.stringify({ kind: 'ExecCredential', apiVersion: ${JSON.stringify(V1)}, status: {
      token: JSON.stringify(JSON.parse(process.env.KUBERNETES_EXEC_INFO).spec.cluster),
    } }));`);
    return JSON.parse((await ask()).told[0].headers.Authorization.replace('Bearer ', ''));
  };

  test.each(['./bin/plugin.js', 'bin/plugin.js', '../here/bin/plugin.js'])('%s is in the folder of its kubeconfig', async (command) => {
    mkdirSync(join(folder, 'here/bin'), { recursive: true });
    writeScript('here/bin/plugin.js', GIVES_TOKEN);
    writeKubeconfig({ ...ENTRY, command }, {}, cluster, 'here/me');
    expect(await reached(['none-current', 'here/me', 'a'])).toEqual(BY_PLUGIN);
    expect(await reached([], { kubeconfig: join(folder, 'here/me') })).toEqual(BY_PLUGIN);
  });

  test('is at an absolute path, or by its name on the PATH only', async () => {
    writePlugin(GIVES_TOKEN);
    writeKubeconfig({ ...ENTRY, command: join(folder, 'plugin.js') });
    expect(await reached(['me'])).toEqual(BY_PLUGIN);
    writeKubeconfig({ ...ENTRY, command: 'node', args: [join(folder, 'plugin.js')] });
    expect(await reached(['me'])).toEqual(BY_PLUGIN);
    writeKubeconfig({ ...ENTRY, command: 'plugin.js' });
    expect(await reached(['me'])).toMatch(/gives no credentials: the credential plugin 'plugin.js' was not found$/);
  });

  test.each([
    ['token', { token: 'static' }, { Authorization: 'Bearer static' }],
    ['token file', { tokenFile: 'token' }, { Authorization: 'Bearer of-file' }],
    ['name and password', { username: 'x', password: 'y' }, {}],
  ])('is not run for a user who has a %s', async (_, user, headers) => {
    writeFileSync(join(folder, 'token'), 'of-file');
    writePlugin(GIVES_TOKEN);
    writeKubeconfig(ENTRY, user);
    expect((await ask()).told).toEqual([{ headers }, { headers }]);
    expect(runs()).toBe(0);
  });

  test('is not asked beside an auth-provider, which kubectl refuses', async () => {
    writeKubeconfig(ENTRY, { 'auth-provider': { name: 'oidc', config: {} } });
    expect(await failure()).toBe("user 'me' has both exec and auth-provider: leave one of them out");
  });

  test('is told of the cluster if it wants to know', async () => {
    writeKubeconfig({ ...ENTRY, provideClusterInfo: true });
    expect(await toldOfCluster()).toEqual({ ...cluster, config: null });
    writeFileSync(join(folder, 'ca.pem'), 'of-file');
    const more = {
      ...cluster, 'tls-server-name': 'b', 'insecure-skip-tls-verify': true, 'proxy-url': 'http://proxy.example.com', 'disable-compression': true,
    };
    writeKubeconfig({ ...ENTRY, provideClusterInfo: true }, {}, {
      ...more,
      'certificate-authority': 'ca.pem',
      'extensions': [{ name: 'other', extension: 1 }, { name: 'client.authentication.k8s.io/exec', extension: { audience: 'x' } }],
    });
    expect(await toldOfCluster()).toEqual({
      ...more, 'certificate-authority-data': Buffer.from('of-file').toString('base64'), 'config': { audience: 'x' },
    });
  });

  describe('and the terminal', () => {
    test.each([
      [BETA, undefined, true], [BETA, 'Never', false], [V1, 'IfAvailable', true], [V1, 'Always', true],
    ])('%s, interactiveMode %s: gets it: %s', async (apiVersion, interactiveMode, interactive) => {
      writeKubeconfig({ ...ENTRY, apiVersion, interactiveMode });
      writePlugin(`console.log(JSON.stringify({ kind: 'ExecCredential', apiVersion: ${JSON.stringify(apiVersion)}, status: {
        token: [require('tty').isatty(0), JSON.parse(process.env.KUBERNETES_EXEC_INFO).spec.interactive].join(),
      } }));`);
      expect((await ask({ terminal: true })).told[0]).toEqual({ headers: { Authorization: `Bearer ${interactive},${interactive}` } });
    });

    test.each(['Never', 'IfAvailable'])('without one, what reads standard input finds its end: %s', async (interactiveMode) => {
      writePlugin(`process.stdin.resume().on('end', () => ${GIVES_TOKEN.slice(0, -1)});`);
      writeKubeconfig({ ...ENTRY, interactiveMode });
      expect(await reached(['me'])).toEqual(BY_PLUGIN);
    });

    test('one that needs it is not run without', async () => {
      writePlugin(GIVES_TOKEN);
      writeKubeconfig({ ...ENTRY, interactiveMode: 'Always' });
      expect(await failure()).toBe("the credential plugin '<folder>/plugin.js' needs a terminal (interactiveMode: Always), and standard input is none: "
        + 'run this in a terminal, or name a context whose user needs none');
      expect(runs()).toBe(0);
    });
  });

  test('runs once for what is asked at the same time, and again when its credentials have ended', async () => {
    writePlugin(GIVES_TOKEN);
    writeKubeconfig(ENTRY);
    const { told } = await ask();
    expect(told).toEqual([{ headers: BY_PLUGIN[1] }, { headers: BY_PLUGIN[1] }]);
    expect(runs()).toBe(1);
    writePlugin(`console.log(${JSON.stringify(gives({ token: 'x', expirationTimestamp: '2020-01-01T00:00:00Z' }))})`);
    await ask();
    expect(runs()).toBe(3);
  });

  test('that fails is not asked again; what it says is passed on, and is not in the error', async () => {
    writePlugin("console.log('SECRET'); console.error('please log in, SECRET'); process.exit(3);");
    writeKubeconfig({ ...ENTRY, args: ['SECRET'] });
    expect(await failure()).toBe("the credential plugin '<folder>/plugin.js' failed with exit code 3: what it says about that is on stderr");
    expect(runs()).toBe(1);
    expect((await ask()).stderr).toBe('please log in, SECRET\n');
  });

  test('ends with the process that no longer waits for it', async () => {
    writePlugin(`require('fs').writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(process.pid)); setTimeout(() => undefined, 30_000);`);
    writeKubeconfig(ENTRY);
    const leaving = `
      const { kubeconfigConnection } = require(${JSON.stringify(CONNECTION)});
      kubeconfigConnection({}).then(({ requestOptions }) => requestOptions());
      setInterval(() => require('fs').existsSync(${JSON.stringify(join(folder, 'pid'))}) && process.exit(), 100);
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', '--eval', leaving], {
      cwd: join(__dirname, '../../..'), env: { ...process.env, KUBECONFIG: join(folder, 'me') }, timeout: 20_000,
    });
    expect(stdout).toBe('');
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    await waitUntil(() => !isRunning(pid));
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function waitUntil(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !holds(); await sleep(50)) {
    if (Date.now() > end) throw new Error('it does not hold');
  }
}
