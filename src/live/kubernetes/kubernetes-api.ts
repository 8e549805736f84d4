import type { Agent as HttpAgent } from 'node:http';
import { Agent, request, RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { KubernetesCallError } from './kubernetes-call-error';
import { readPage } from './list-page';
import { ANSWER_MILLIS, CONNECT_MILLIS } from '../aws-connection';

/** How to reach a Kubernetes API server. */
export interface KubernetesConnection {
  /** Such as `https://ABCDEF.gr7.us-east-1.eks.amazonaws.com`. */
  readonly server: string;
  /** What leads there, in words such as `context 'prod' of the kubeconfig`. @default - the server */
  readonly called?: string;
  /** Certificates, headers and proxy of a request; asked for each, because tokens end. */
  readonly requestOptions: () => Promise<RequestOptions>;
}

const PAGE = 500;
const ATTEMPTS = 3;
const PAUSE_MILLIS = 500;

/** What the API server says when the list that a page belongs to is too old to go on with. */
const EXPIRED = 410;

/** Reads from a Kubernetes API server. It never changes anything. */
export class KubernetesApi {
  /**
   * @param signal ends all that is under way
   * @param agent sends requests, unless the connection has an agent of its own
   */
  constructor(
    private readonly connection: KubernetesConnection, private readonly signal?: AbortSignal,
    private readonly agent: HttpAgent = new Agent({ keepAlive: true }),
  ) {}

  /**
   * Lists objects page by page, so that no more than one page is held at a time.
   *
   * @param keep makes of an object what is needed of it
   * @throws KubernetesCallError
   */
  public async list<T>(path: string, keep: (object: KubernetesObject) => T): Promise<T[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.listOnce(path, keep);
      } catch (error) {
        if (!(error instanceof KubernetesCallError && error.status === EXPIRED) || attempt === ATTEMPTS) throw error;
      }
    }
  }

  /**
   * Reads one object.
   *
   * @param keep makes of it what is needed of it
   * @throws KubernetesCallError
   */
  public async read<T>(path: string, keep: (object: KubernetesObject) => T): Promise<T> {
    return this.get(path, (json) => keep(JSON.parse(json)));
  }

  /** Ends the connections that are kept. */
  public close(): void {
    this.agent.destroy();
  }

  private async listOnce<T>(path: string, keep: (object: KubernetesObject) => T): Promise<T[]> {
    const kept: T[] = [];
    let next = '';
    do {
      const page = await this.get(
        `${path}?limit=${PAGE}${next && `&continue=${encodeURIComponent(next)}`}`, (json) => readPage(json, keep),
      );
      kept.push(...page.kept);
      next = page.next;
    } while (next !== '');
    return kept;
  }

  private async get<T>(path: string, read: (json: string) => T): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.getOnce(path, read);
      } catch (error) {
        if (!(error instanceof KubernetesCallError && error.isTemporary) || attempt === ATTEMPTS) throw error;
        await sleep(PAUSE_MILLIS * attempt);
      }
    }
  }

  private async getOnce<T>(path: string, read: (json: string) => T): Promise<T> {
    const { server } = this.connection;
    const { headers, ...options } = await this.connection.requestOptions();
    const url = new URL(server.replace(/\/$/, '') + path);
    return new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new KubernetesCallError(url, why));
      const asking = { agent: this.agent, signal: this.signal, ...options, headers: { ...headers, accept: 'application/json' } };
      const sent = request(url, asking, (response) => {
        clearTimeout(connecting);
        text(response).then((body) => {
          const { statusCode = 0 } = response;
          if (statusCode === 200) resolve(read(body));
          else reject(new KubernetesCallError(url, messageOf(body) ?? `HTTP ${statusCode}`, statusCode));
        }).catch((error: Error) => fail(error.message));
      });
      const connecting = setTimeout(
        () => sent.destroy(new Error(`${url.host} did not answer within ${CONNECT_MILLIS / 1000} seconds`)), CONNECT_MILLIS,
      );
      sent.on('socket', (socket) => {
        if (socket.connecting) socket.once('secureConnect', () => clearTimeout(connecting));
        else clearTimeout(connecting);
      });
      sent.setTimeout(ANSWER_MILLIS, () => sent.destroy(new Error(`${url.host} did not answer within ${ANSWER_MILLIS / 1000} seconds`)));
      sent.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(connecting);
        fail(error.message || String(error.code));
      });
      sent.end();
    });
  }
}

/** An object of the Kubernetes API, as JSON gives it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each reader takes a few fields of a schema that has thousands
export type KubernetesObject = any;

/** The message of the status that the API server sends. */
function messageOf(body: string): string | undefined {
  try {
    return (JSON.parse(body) as { message?: string }).message || undefined;
  } catch {
    return body.trim().slice(0, 200) || undefined;
  }
}
