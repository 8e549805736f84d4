import { Agent as HttpAgent, type ClientRequest } from 'node:http';
import { Agent as HttpsAgent, type AgentOptions } from 'node:https';
import { isIPv6, type Socket } from 'node:net';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { SocksProxyAgent } from 'socks-proxy-agent';
import { CONNECT_MILLIS } from './aws-connection';
import type { Known } from '../engine/state/known';

const KEPT = { keepAlive: true };

/** As the SDK has it where there is no proxy; for the agents that hold connections. */
const POOL = { ...KEPT, maxSockets: 50 };

/** Before the SDK gives up, which would not say that there is a proxy. */
const PROXY_MILLIS = CONNECT_MILLIS - 500;

/** Sends each request through the proxy of its host, or directly where it has none. */
export class NetworkAgent extends Agent {
  private readonly agents = new Map<string, HttpAgent>();

  /**
   * @param ca the certificate authorities to trust; no request is sent without them
   * @param proxy for all hosts, or what the environment says of the one of a URL
   * @param caOfHosts those to trust beyond the proxies; without any, each request brings its own
   */
  constructor(
    private readonly ca: Known<string | undefined>, private readonly proxy: string | ((url: string) => string) = getProxyForUrl,
    private readonly caOfHosts = ca,
  ) {
    super({ ...KEPT, ...trusting(caOfHosts) });
  }

  public async connect(_: ClientRequest, { secureEndpoint, host, port }: AgentConnectOpts): Promise<HttpAgent> {
    if (!this.ca.known) throw new Error(this.ca.why);
    const scheme = secureEndpoint ? 'https' : 'http';
    const proxy = typeof this.proxy === 'string' ? this.proxy : this.proxy(`${scheme}://${isIPv6(host ?? '') ? `[${host}]` : host}:${port}/`);
    const key = proxy || scheme;
    const agent = this.agents.get(key) ?? (proxy ? this.agentOf(proxy) : this.directly(secureEndpoint));
    this.agents.set(key, agent);
    return agent;
  }

  public destroy(): void {
    this.agents.forEach((agent) => agent.destroy());
    super.destroy();
  }

  private directly(secureEndpoint: boolean): HttpAgent {
    return secureEndpoint ? new HttpsAgent({ ...POOL, ...trusting(this.caOfHosts) }) : new HttpAgent(POOL);
  }

  private agentOf(proxy: string): HttpAgent {
    const by = typeof this.proxy === 'string' ? "the CDK CLI's --proxy" : 'the environment';
    if (!URL.canParse(proxy)) throw new Error(`the proxy that ${by} names is no URL: write one such as http://proxy.example.com:3128`);
    const url = new URL(proxy);
    const shown = `the proxy ${url.protocol}//${url.host} that ${by} names`; // without its password
    const options = { ...POOL, ...trusting(this.ca) };
    switch (url.protocol) {
      case 'http:': case 'https:': return new Tunnel(url, options, shown);
      case 'socks:': case 'socks4:': case 'socks4a:': case 'socks5:': case 'socks5h:':
        return new Socks(url, { ...POOL, ...trusting(this.caOfHosts) }, shown); // which has no TLS of its own
      default: throw new Error(`${shown} cannot be used: write one that begins with http:, https: or socks:`);
    }
  }
}

/** A tunnel through a proxy, which says what is wrong with it. */
class Tunnel extends HttpsProxyAgent<string> {
  constructor(proxy: URL, options: object, private readonly shown: string) {
    super(proxy, options);
  }

  public override async connect(request: ClientRequest, options: AgentConnectOpts): Promise<Socket> {
    let refusal: string | undefined;
    request.once('proxyConnect', ({ statusCode, statusText }: ProxyAnswer) => {
      if (statusCode !== 200) refusal = `${statusCode} ${statusText}`;
    });
    const ending = new AbortController();
    const giveUp = () => ending.abort();
    const waiting = setTimeout(giveUp, PROXY_MILLIS);
    request.once('close', giveUp); // what still waits for the proxy would keep the process from ending
    this.connectOpts = { ...this.connectOpts, signal: ending.signal }; // read at once
    const socket = await super.connect(request, options).catch((cause: Error) => {
      throw unusable(this.shown, cause, ending.signal.aborted ? `it did not answer within ${PROXY_MILLIS / 1000} seconds` : cause.message);
    }).finally(() => {
      clearTimeout(waiting);
      request.off('close', giveUp);
    });
    if (refusal === undefined) return socket;
    socket.destroy();
    throw new Error(`${this.shown} refuses to connect to ${options.host}: ${refusal}`);
  }
}

/** The way through a SOCKS proxy. */
class Socks extends SocksProxyAgent {
  constructor(proxy: URL, options: object, private readonly shown: string) {
    super(proxy, options);
  }

  public override async connect(...request: Parameters<SocksProxyAgent['connect']>): ReturnType<SocksProxyAgent['connect']> {
    return super.connect(...request).catch((cause: Error) => { throw unusable(this.shown, cause); });
  }
}

/** By its cause, the SDK sees whether to try again. */
function unusable(shown: string, cause: Error, why = cause.message): Error {
  return new Error(`${shown} cannot be used: ${why}`, { cause });
}

interface ProxyAnswer {
  readonly statusCode: number;
  readonly statusText: string;
}

function trusting(ca: Known<string | undefined>): AgentOptions {
  return ca.known && ca.value !== undefined ? { ca: ca.value } : {};
}
