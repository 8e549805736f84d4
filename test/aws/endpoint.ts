/**
 * A service's endpoint on loopback: an HTTP listener that keeps its port while it is closed.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { WireRequest, WireResponse } from './wire-protocol';

export class Endpoint {
  private port = 0;

  private readonly server = createServer((request, response) => {
    readRequest(request)
      .then(this.answer)
      .then(({ status, headers, body }) => response.writeHead(status, headers).end(body))
      .catch((error) => response.destroy(error)); // unreadable, or cut while it was read
  });

  constructor(private readonly answer: (request: WireRequest) => Promise<WireResponse>) {
    this.server.keepAliveTimeout = 0; // a connection that ends on its own does so just when a client that tries once uses it again
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Listens, always at the same port; does nothing when it already does. */
  async open(): Promise<void> {
    if (this.server.listening) {
      return;
    }
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** From now on connections are refused; open ones are cut. */
  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

async function readRequest(request: IncomingMessage): Promise<WireRequest> {
  return {
    method: request.method!,
    url: new URL(request.url!, 'http://127.0.0.1'),
    headers: request.headers,
    body: await text(request),
  };
}
