import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CredentialPlugin, ExecEntry, withCommandIn } from '../../../src/live/kubernetes/credential-plugin';

const V1 = 'client.authentication.k8s.io/v1';
const BETA = 'client.authentication.k8s.io/v1beta1';

let folder: string;
let entry: ExecEntry;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plugin-'));
  entry = { apiVersion: V1, command: join(folder, 'plugin.js'), interactiveMode: 'Never' };
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function writePlugin(script: string): void {
  writeFileSync(join(folder, 'plugin.js'), `#!${process.execPath}\n${script}\n`);
  chmodSync(join(folder, 'plugin.js'), 0o755);
}

function gives(status: unknown, apiVersion = V1): string {
  return JSON.stringify({ kind: 'ExecCredential', apiVersion, status });
}

/** What a plugin adds to a request. */
async function asked(exec: object = entry): Promise<RequestOptions> {
  const options: RequestOptions = { headers: { 'Impersonate-User': 'me' } };
  await new CredentialPlugin(exec, () => ({ server: 'https://a.example.com' })).applyAuthentication({}, options);
  return options;
}

async function failure(exec: object = entry): Promise<string> {
  return asked(exec).then(() => 'none', ({ message }: Error) => message.replaceAll(folder, '<folder>'));
}

/** A plugin that gives its values as the token. */
const givesValues = (values: string, apiVersion: string) => `console.log(JSON.stringify({
  kind: 'ExecCredential', apiVersion: '${apiVersion}', status: { token: JSON.stringify(${values}) },
}));`;
const values = async (exec: object) => {
  const { headers } = await asked(exec);
  return JSON.parse((headers as Record<string, string>).Authorization.replace('Bearer ', ''));
};

test.each<[string | undefined, string | undefined]>([
  ['aws', 'aws'], ['./aws', '/home/me/.kube/aws'], ['bin/aws', '/home/me/.kube/bin/aws'], ['../aws', '/home/me/aws'], ['/usr/bin/aws', '/usr/bin/aws'],
  ['', ''], [undefined, undefined],
])('the command %s is %s', (command, expected) => {
  expect(withCommandIn('/home/me/.kube', { ...entry, command })).toEqual({ ...entry, command: expected });
});

test.each([V1, BETA])('is told what it is asked, which no variable of its entry replaces: %s', async (apiVersion) => {
  writePlugin(givesValues('JSON.parse(process.env.KUBERNETES_EXEC_INFO)', apiVersion));
  const env = [{ name: 'KUBERNETES_EXEC_INFO', value: 'mine' }];
  const told = { kind: 'ExecCredential', apiVersion, spec: { interactive: false } };
  expect(await values({ ...entry, apiVersion, env })).toEqual(told);
  expect(await values({ ...entry, apiVersion, env, provideClusterInfo: true })).toEqual({
    ...told, spec: { ...told.spec, cluster: { server: 'https://a.example.com' } },
  });
});

test('gets its arguments as they are, and its variables with those of the process', async () => {
  writePlugin(givesValues('[process.argv.slice(2), process.env.MINE, process.env.EMPTY, process.env.PATH]', V1));
  const exec = { ...entry, env: [{ name: 'MINE', value: 'x' }, { name: 'EMPTY' }], args: ['a b', '$HOME'], unknown: 'ignored' };
  expect(await values(exec)).toEqual([['a b', '$HOME'], 'x', '', process.env.PATH]);
});

describe('gives', () => {
  test('a token', async () => {
    writePlugin(`console.log(${JSON.stringify(gives({ token: 'x', clientKeyData: null, expirationTimestamp: null }))})`);
    expect(await asked()).toEqual({ headers: { 'Impersonate-User': 'me', 'Authorization': 'Bearer x' } });
  });

  test('a certificate, with a key of its own', async () => {
    const pairs = ['a', 'b'].map((name) => {
      const [cert, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
      execFileSync('openssl', [
        'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=me', '-keyout', key, '-out', cert,
      ], { stdio: 'ignore' });
      return { clientCertificateData: readFileSync(cert, 'utf8'), clientKeyData: readFileSync(key, 'utf8') };
    });
    writePlugin(`console.log(${JSON.stringify(gives(pairs[0]))})`);
    expect(await asked()).toMatchObject({ cert: pairs[0].clientCertificateData, key: pairs[0].clientKeyData });
    writePlugin(`console.log(${JSON.stringify(gives({ ...pairs[0], clientKeyData: pairs[1].clientKeyData }))})`);
    expect(await failure()).toBe(
      "the credential plugin '<folder>/plugin.js' answers with a certificate and a key that cannot be used: ERR_OSSL_X509_KEY_VALUES_MISMATCH",
    );
  });
});

describe('fails', () => {
  test('ended by a signal', async () => {
    writePlugin("process.kill(process.pid, 'SIGTERM'); setTimeout(() => undefined, 10_000);");
    expect(await failure()).toBe("the credential plugin '<folder>/plugin.js' was ended by SIGTERM");
  });

  test('missing, with the hint on one line', async () => {
    expect(await failure()).toBe("the credential plugin '<folder>/plugin.js' was not found");
    expect(await failure({ ...entry, command: 'no-such-plugin', installHint: 'install it:\n\n  \u001b[1mbrew install it\n' })).toBe(
      "the credential plugin 'no-such-plugin' was not found: install it: [1mbrew install it",
    );
  });

  test('where it cannot be started', async () => {
    writeFileSync(join(folder, 'plugin.js'), '');
    expect(await failure()).toBe("the credential plugin '<folder>/plugin.js' could not be started: EACCES");
    expect(await failure({ ...entry, args: ['SECRET\0'] })).toBe(
      "the credential plugin '<folder>/plugin.js' could not be started: ERR_INVALID_ARG_VALUE",
    );
  });
});

const PEM = '-----BEGIN CERTIFICATE-----\nSECRET\n-----END CERTIFICATE-----\n';
test.each<[string, string]>([
  ['', 'answers nothing'],
  ['SECRET', 'answers with what is no JSON'],
  ['{ "token": SECRET }', 'answers with what is no JSON'],
  ['null', 'answers without kind ExecCredential: it is no credential plugin, or not called as one'],
  ['"SECRET"', 'answers without kind ExecCredential: it is no credential plugin, or not called as one'],
  [JSON.stringify({ status: { token: 'SECRET' } }), 'answers without kind ExecCredential: it is no credential plugin, or not called as one'],
  [gives({ token: 'SECRET' }, BETA), `answers with ${BETA}, and its exec entry asks for ${V1}: write there the apiVersion that it knows`],
  [gives({ token: 'SECRET' }, 'SECRET'), `answers with another apiVersion, and its exec entry asks for ${V1}: write there the apiVersion that it knows`],
  [gives(undefined), 'answers without status'],
  [gives({}), 'answers with neither a token nor a certificate'],
  [gives({ token: '' }), 'answers with neither a token nor a certificate'],
  [gives({ token: ['SECRET'] }), 'answers with a token, certificate or key that is no text'],
  [gives({ clientCertificateData: PEM }), 'answers with a certificate without its key'],
  [gives({ token: 'SECRET', clientKeyData: 'SECRET' }), 'answers with a key without its certificate'],
  [gives({ token: 'SECRET', expirationTimestamp: 'SECRET' }), 'answers with an expirationTimestamp that is no time'],
])('fails for an answer without credentials, which it does not quote: %s', async (printed, why) => {
  writePlugin(`process.stdout.write(${JSON.stringify(printed)})`);
  expect(await failure()).toBe(`the credential plugin '<folder>/plugin.js' ${why}`);
});

test('fails for a certificate and key that are none, which it does not quote', async () => {
  writePlugin(`process.stdout.write(${JSON.stringify(gives({ clientCertificateData: PEM, clientKeyData: 'SECRET' }))})`);
  expect(await failure()).toMatch(/^the credential plugin '<folder>\/plugin.js' answers with a certificate and a key that cannot be used: ERR_[A-Z0-9_]+$/);
});

const ANY: ExecEntry = { apiVersion: V1, command: 'never-run', interactiveMode: 'Never' };
const VERSIONS = `write the one that the plugin knows, ${V1} or ${BETA}`;
test.each<[object, string]>([
  [{}, 'the exec entry of the user has no command: name one'],
  [{ command: '' }, 'the exec entry of the user has no command: name one'],
  [{ ...ANY, apiVersion: undefined }, `has no apiVersion: ${VERSIONS}`],
  [{ ...ANY, apiVersion: 'client.authentication.k8s.io/v1alpha1' }, `has apiVersion 'client.authentication.k8s.io/v1alpha1': ${VERSIONS}`],
  [{ ...ANY, interactiveMode: undefined }, `has no interactiveMode, which ${V1} needs: write one of Never, IfAvailable, Always`],
  [{ ...ANY, interactiveMode: 'never' }, "has interactiveMode 'never': write one of Never, IfAvailable, Always"],
  [{ ...ANY, args: [1234] }, 'has args that are no texts: write a list, and numbers in quotes'],
  [{ ...ANY, args: '--x' }, 'has args that are no texts: write a list, and numbers in quotes'],
  [{ ...ANY, env: [{ value: 'x' }] }, 'has env that is no list of names and texts: write { name, value }, and numbers in quotes'],
  [{ ...ANY, env: [{ name: 'X', value: 1 }] }, 'has env that is no list of names and texts: write { name, value }, and numbers in quotes'],
  [{ ...ANY, env: { X: 'x' } }, 'has env that is no list of names and texts: write { name, value }, and numbers in quotes'],
])('fails for an entry that kubectl refuses: %j', async (exec, why) => {
  expect((await failure(exec)).replace("the exec entry of the credential plugin 'never-run' ", '')).toBe(why);
});
