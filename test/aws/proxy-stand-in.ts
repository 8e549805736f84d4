/**
 * Stands in for a company's proxy, the only way to hosts that nobody else can find: all lead to this machine.
 */
import { createServer } from 'node:http';
import { AddressInfo, connect, Socket } from 'node:net';
import type { LocalAws } from './aws-server';

/** How a proxy answers who wants a connection: it makes one, refuses by an HTTP status, or says nothing. */
export type ProxyManner = 'connects' | 'refuses' | 'is silent';

/** Of `.test`, which no DNS knows. */
const HIDDEN = 'aws.test';

export class ProxyStandIn {
  /** The hosts that were asked for, without their ports. */
  readonly asked: string[] = [];

  /** The last header with a name and a password. */
  authorization?: string;

  manner: ProxyManner = 'connects';

  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((_, response) => response.writeHead(405).end());

  constructor() {
    this.server.on('connect', ({ url = '', headers }, socket: Socket) => {
      const { hostname, port } = new URL(`http://${url}`);
      this.asked.push(hostname);
      this.authorization = headers['proxy-authorization'];
      if (this.manner === 'refuses') socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      if (this.manner !== 'connects') return;
      const target = connect(Number(port), '127.0.0.1', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
      target.on('error', () => socket.destroy()).pipe(socket).on('error', () => target.destroy()).pipe(target);
    });
    this.server.on('connection', (socket) => this.sockets.add(socket));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => { this.server.listen(0, '127.0.0.1', resolve); });
    return this;
  }

  /** The environment of a local AWS whose services are found by the proxy only. */
  environmentOf(aws: LocalAws): Record<string, string> {
    const hidden = Object.entries(aws.environment).map(([name, value]) => {
      const service = name.replace('AWS_ENDPOINT_URL_', '').toLowerCase().replaceAll('_', '-');
      return [name, name.startsWith('AWS_ENDPOINT_URL_') ? value.replace('127.0.0.1', `${service}.${HIDDEN}`) : value];
    });
    return { ...Object.fromEntries(hidden), HTTP_PROXY: this.url, NO_PROXY: '' };
  }

  stop(): void {
    this.sockets.forEach((socket) => socket.destroy());
    this.server.close();
  }
}
