import type { RequestOptions } from 'node:https';
import { basename, resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { isatty } from 'node:tty';
import spawn from 'cross-spawn';
import { withoutControlCharacters } from '../../engine/state/untrusted-text';

/**
 * How a kubeconfig says that a command gives the credentials of a user: its `exec`. As kubectl has it, members that are not here are ignored.
 *
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#ExecConfig
 */
export interface ExecEntry {
  readonly command?: string;
  readonly args?: readonly string[] | null;
  readonly env?: readonly { readonly name: string; readonly value?: string }[] | null;
  readonly apiVersion?: string;
  readonly interactiveMode?: string;
  readonly installHint?: string;
  readonly provideClusterInfo?: boolean;
}

interface Credentials {
  readonly token?: string;
  readonly cert?: string;
  readonly key?: string;
  /** @default - they last as long as the connection */
  readonly endMillis?: number;
}

const GROUP = 'client.authentication.k8s.io';
const STABLE = `${GROUP}/v1`;
const BETA = `${GROUP}/v1beta1`;
const MODES = ['Never', 'IfAvailable', 'Always'];

/** Standard input. */
const STDIN = 0;

/**
 * An exec entry whose command is where kubectl looks for it: in the folder of its kubeconfig if it is a relative path; a bare name is on the
 * PATH.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#configuration
 */
export function withCommandIn(folder: string, exec: ExecEntry): ExecEntry {
  const { command } = exec;
  const isPath = typeof command === 'string' && basename(command) !== command;
  return isPath ? { ...exec, command: resolve(folder, command) } : exec;
}

/**
 * A credential plugin, run as kubectl runs it. The client's own run of it knows neither what it is told nor how it uses the terminal.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
 * @see https://github.com/kubernetes/client-go/blob/master/plugin/pkg/client/auth/exec/exec.go
 */
export class CredentialPlugin {
  private asked?: Promise<Credentials>;

  /**
   * @param cluster what it is told of the cluster if it wants to know
   */
  constructor(private readonly exec: ExecEntry, private readonly cluster: () => object) {}

  /** Whether the client shall ask it: it is made for the current user. */
  public isAuthProvider(): boolean {
    return true;
  }

  /**
   * Adds what the plugin gives to a request.
   *
   * @throws if it gives nothing; what it has printed is not in the error, because that may be secret
   */
  public async applyAuthentication(_user: unknown, options: RequestOptions): Promise<void> {
    // what failed fails again: nobody is asked to log in for each request
    if (hasEnded(await this.asked)) this.asked = this.ask();
    const { token, cert, key } = (await this.asked)!;
    if (cert) Object.assign(options, { cert, key });
    if (token) options.headers = { ...options.headers as object, Authorization: `Bearer ${token}` };
  }

  private async ask(): Promise<Credentials> {
    requireUsable(this.exec);
    const { command, apiVersion, provideClusterInfo } = this.exec;
    const interactive = isInteractive(this.exec);
    const info = {
      kind: 'ExecCredential', apiVersion, spec: { ...provideClusterInfo && { cluster: this.cluster() }, interactive },
    };
    try {
      return credentialsIn(await run(this.exec, interactive, JSON.stringify(info)), apiVersion);
    } catch (error) {
      throw new Error(`the credential plugin '${command}' ${(error as Error).message}`);
    }
  }
}

function hasEnded(credentials: Credentials | undefined): boolean {
  return !credentials || (credentials.endMillis !== undefined && credentials.endMillis < Date.now());
}

type UsableEntry = ExecEntry & { readonly command: string; readonly apiVersion: string };

/** @throws for what kubectl refuses, too */
function requireUsable(exec: ExecEntry): asserts exec is UsableEntry {
  const { command, args, env, apiVersion, interactiveMode } = exec;
  if (typeof command !== 'string' || !command) throw new Error('the exec entry of the user has no command: name one');
  const fail = (why: string) => { throw new Error(`the exec entry of the credential plugin '${command}' ${why}`); };
  if (apiVersion !== STABLE && apiVersion !== BETA) {
    fail(`has ${apiVersion ? `apiVersion '${apiVersion}'` : 'no apiVersion'}: write the one that the plugin knows, ${STABLE} or ${BETA}`);
  }
  if (!interactiveMode) {
    if (apiVersion === STABLE) fail(`has no interactiveMode, which ${STABLE} needs: write one of ${MODES.join(', ')}`);
  } else if (!MODES.includes(interactiveMode)) {
    fail(`has interactiveMode '${interactiveMode}': write one of ${MODES.join(', ')}`);
  }
  if (!isListOf(args, (arg) => typeof arg === 'string')) fail('has args that are no texts: write a list, and numbers in quotes');
  if (!isListOf(env, (variable) => Boolean(variable?.name) && typeof (variable.value ?? '') === 'string')) {
    fail('has env that is no list of names and texts: write { name, value }, and numbers in quotes');
  }
}

function isListOf<T>(list: readonly T[] | null | undefined, fits: (entry: T) => boolean): boolean {
  return !list || (Array.isArray(list) && list.every(fits));
}

/**
 * Whether the plugin gets standard input.
 *
 * @throws if it needs a terminal, and there is none
 */
function isInteractive({ command, interactiveMode }: ExecEntry): boolean {
  const hasTerminal = isatty(STDIN);
  if (interactiveMode === 'Always' && !hasTerminal) {
    throw new Error(`the credential plugin '${command}' needs a terminal (interactiveMode: Always), and standard input is none: run this in a `
      + 'terminal, or name a context whose user needs none');
  }
  return interactiveMode !== 'Never' && hasTerminal;
}

/** What the command prints. Its messages go where those of this process go, as do its questions to somebody who logs in. */
async function run({ command, args, env, installHint }: UsableEntry, interactive: boolean, info: string): Promise<string> {
  const variables = Object.fromEntries((env ?? []).map(({ name, value }) => [name, value ?? '']));
  const printed: Buffer[] = [];
  const [exitCode, signal] = await new Promise<[number | null, string | null]>((done, failed) => {
    // on Windows, a plugin may be a batch file: it needs a shell, and the arguments quotes
    const plugin = spawn(command, args ?? [], {
      env: { ...process.env, ...variables, KUBERNETES_EXEC_INFO: info },
      stdio: [interactive ? 'inherit' : 'ignore', 'pipe', 'inherit'],
    });
    const end = () => plugin.kill(); // who no longer waits for it leaves the terminal to others
    process.once('exit', end);
    plugin.stdout?.on('data', (chunk: Buffer) => printed.push(chunk));
    plugin.on('error', failed).on('close', (...ended) => {
      process.off('exit', end);
      done(ended);
    });
  }).catch(({ code }: NodeJS.ErrnoException) => {
    const why = code === 'ENOENT' ? 'was not found' : `could not be started: ${code}`;
    throw new Error(installHint ? `${why}: ${onOneLine(installHint)}` : why);
  });
  if (exitCode === null) throw new Error(`was ended by ${signal}`);
  if (exitCode !== 0) throw new Error(`failed with exit code ${exitCode}: what it says about that is on stderr`);
  return Buffer.concat(printed).toString();
}

/** Without line breaks and what moves the cursor of a terminal. */
function onOneLine(hint: string): string {
  return withoutControlCharacters(String(hint)).replace(/ +/g, ' ').trim();
}

/**
 * The credentials that a plugin has printed.
 *
 * @throws if they are none
 */
function credentialsIn(printed: string, wanted: string): Credentials {
  const { kind, apiVersion, status } = parsed(printed) ?? {};
  if (kind !== 'ExecCredential') throw new Error('answers without kind ExecCredential: it is no credential plugin, or not called as one');
  if (apiVersion !== wanted) {
    const other = apiVersion === STABLE || apiVersion === BETA ? apiVersion : 'another apiVersion';
    throw new Error(`answers with ${other}, and its exec entry asks for ${wanted}: write there the apiVersion that it knows`);
  }
  if (!status) throw new Error('answers without status');
  const { token, clientCertificateData: cert, clientKeyData: key, expirationTimestamp } = status;
  if ([token, cert, key].some((value) => typeof (value ?? '') !== 'string')) {
    throw new Error('answers with a token, certificate or key that is no text');
  }
  if (!token && !cert && !key) throw new Error('answers with neither a token nor a certificate');
  if (!cert !== !key) throw new Error(`answers with a ${cert ? 'certificate without its key' : 'key without its certificate'}`);
  if (cert) requirePair(cert, key);
  const endMillis = expirationTimestamp ? Date.parse(expirationTimestamp) : undefined;
  if (Number.isNaN(endMillis)) throw new Error('answers with an expirationTimestamp that is no time');
  return { token, cert, key, endMillis };
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- anything may have been printed
function parsed(printed: string): any {
  if (!printed.trim()) throw new Error('answers nothing');
  try {
    return JSON.parse(printed);
  } catch {
    throw new Error('answers with what is no JSON'); // what JSON.parse says quotes it
  }
}

function requirePair(cert: string, key: string): void {
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new Error(`answers with a certificate and a key that cannot be used: ${(error as NodeJS.ErrnoException).code ?? 'no PEM'}`);
  }
}
