import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
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

/** In a process of its own: the client is an ES module, which jest does not load. */
const ASK = `
  const { kubeconfigConnection } = require(${JSON.stringify(join(__dirname, '../../../src/live/kubernetes/kubeconfig-connection.ts'))});
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
