import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { KubernetesConnection } from '../../src/live/kubernetes/kubernetes-api';

/** Where `npx projen test:kubernetes` puts what it builds of this folder. */
export const BINARY = join(__dirname, '../../.cache/kubernetes-api/kubernetes-api');

/** Seconds, on a machine that has nothing else to do. */
const READY_MILLIS = 300_000;

/** What the API server answers. */
export interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- objects of many kinds
  readonly body: any;
}

/** A Kubernetes API server in a process of its own, with etcd and the controllers that decide evictions. */
export class ApiServer {
  /** Starts one and waits until it answers. */
  public static async start(port: number, address = '127.0.0.1'): Promise<ApiServer> {
    const dir = mkdtempSync(join(tmpdir(), 'kubernetes-api-'));
    const process = spawn(
      BINARY, ['serve', '--dir', dir, '--address', address, '--port', String(port)], { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let log = '';
    process.stderr.on('data', (data: Buffer) => { log = (log + data.toString()).slice(-5000); });
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        process.kill('SIGKILL');
        reject(new Error(`the API server is not ready: ${log}`));
      }, READY_MILLIS);
      process.stdout.on('data', (data: Buffer) => data.toString().includes('ready') && (clearTimeout(timer), resolve()));
      process.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`the API server ended with ${code}: ${log}`));
      });
    });
    return new ApiServer(`https://${address}:${port}`, dir, async () => {
      process.removeAllListeners('exit');
      const ended = new Promise((resolve) => { process.once('exit', resolve); });
      process.kill('SIGKILL'); // nobody needs its data
      await ended;
      rmSync(dir, { recursive: true, force: true });
    });
  }

  public readonly kubeconfig: string;
  /** PEM. */
  public readonly certificateAuthority: string;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 24 });

  private constructor(public readonly url: string, dir: string, private readonly end: () => Promise<void>) {
    this.kubeconfig = join(dir, 'kubeconfig');
    this.certificateAuthority = readFileSync(join(dir, 'certificates/apiserver.crt'), 'utf8');
  }

  /** The connection of its administrator. */
  public get connection(): KubernetesConnection {
    return {
      server: this.url, requestOptions: async () => ({ ca: this.certificateAuthority, headers: { authorization: 'Bearer admin' } }),
    };
  }

  public async stop(): Promise<void> {
    this.agent.destroy();
    await this.end();
  }

  /** Calls the API as its administrator. */
  public async call(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request(`${this.url}${path}`, {
        method,
        agent: this.agent,
        ca: this.certificateAuthority,
        headers: {
          'authorization': 'Bearer admin', 'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
        },
      }, (response) => {
        text(response).then(
          (answer) => resolve({ status: response.statusCode!, body: answer === '' ? undefined : JSON.parse(answer) }), reject,
        );
      });
      sent.on('error', reject);
      sent.end(body && JSON.stringify(body));
    });
  }

  /** Creates an object. @throws if the API server refuses it */
  public async create(path: string, body: object): Promise<Answer['body']> {
    return expectDone(await this.call('POST', path, body), path);
  }

  /** Changes an object. @throws if the API server refuses it */
  public async patch(path: string, body: object): Promise<Answer['body']> {
    return expectDone(await this.call('PATCH', path, body), path);
  }

  /** @throws if the API server refuses it */
  public async items(path: string): Promise<Answer['body'][]> {
    return expectDone(await this.call('GET', path), path).items;
  }
}

function expectDone({ status, body }: Answer, path: string): Answer['body'] {
  if (status >= 300) throw new Error(`${path}: HTTP ${status} ${body?.message}`);
  return body;
}
