import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  write('a', 'prod', 'https://a.example.com');
  write('b', 'prod', 'https://b.example.com');
  write('c', 'test', 'https://c.example.com');
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
    return [server, (await requestOptions()).headers];
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
  ['one without a current context before it', ['none-current', 'a', 'c']],
])('KUBECONFIG with several files is read as by kubectl: %s', async (_, files) => {
  expect(await reached(files)).toEqual(BY_A);
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
