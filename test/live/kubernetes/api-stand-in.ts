import { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { KubernetesConnection } from '../../../src/live/kubernetes/kubernetes-api';

/** A key that both sides know takes the place of certificates. */
const TLS = { ciphers: 'PSK', maxVersion: 'TLSv1.2' } as const;
const psk = Buffer.from('0123456789abcdef');

/** @param count how many requests there were, with this one */
export type Answering = (request: IncomingMessage, response: ServerResponse, count: number) => unknown;

/** Stands in for a Kubernetes API server where it has to do what a real one seldom does. */
export class ApiStandIn {
  /** The paths that were asked for. */
  public readonly asked: string[] = [];
  /** How many connections there were. */
  public connections = 0;
  public answer: Answering = breakOff;
  private readonly server: Server;

  constructor() {
    this.server = createServer({ ...TLS, pskCallback: () => psk }, (request, response) => {
      this.asked.push(request.url!);
      void this.answer(request, response, this.asked.length);
    });
    this.server.on('secureConnection', () => { this.connections++; });
  }

  /** Starts to listen. */
  public async start(): Promise<this> {
    await new Promise<void>((resolve) => { this.server.listen(0, '127.0.0.1', resolve); });
    return this;
  }

  public connection(ending = ''): KubernetesConnection {
    const options = {
      ...TLS, pskCallback: () => ({ psk, identity: 'test' }), checkServerIdentity: () => undefined, headers: { authorization: 'Bearer x' },
    };
    const { port } = this.server.address() as AddressInfo;
    return { server: `https://127.0.0.1:${port}${ending}`, requestOptions: async () => options };
  }

  /** How many connections there are. */
  public async openConnections(): Promise<number> {
    return new Promise((resolve, reject) => { this.server.getConnections((error, count) => error ? reject(error) : resolve(count)); });
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

function breakOff(_: IncomingMessage, response: ServerResponse): void {
  response.destroy();
}

export function send(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body));
}
