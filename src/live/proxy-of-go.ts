import { BlockList, isIP } from 'node:net';

const HTTPS_PORT = '443';

/**
 * The proxy of a host as programs in Go take it from the environment, such as kubectl; empty for none. It differs from what others do: this
 * machine is always reached directly, a name in `NO_PROXY` stands for all below it too, ranges of addresses may be there, and `ALL_PROXY`
 * counts for nothing.
 *
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy
 */
export function proxyOfGo(url: string): string {
  const { hostname, port } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const proxy = variable('HTTPS_PROXY');
  const excepted = variable('NO_PROXY').toLowerCase().split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
  if (proxy === '' || isThisMachine(host) || excepted.some((entry) => covers(entry, host, port || HTTPS_PORT))) return '';
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

function variable(name: string): string {
  return process.env[name] || process.env[name.toLowerCase()] || '';
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || isWithin(host, '127.0.0.0', 8) || host === '::1';
}

/** Whether an entry of `NO_PROXY` stands for a host, among others. */
function covers(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [, network, prefix] = /^(.+)\/(\d+)$/.exec(entry) ?? [];
  if (network !== undefined) return isWithin(host, network, Number(prefix));
  if (isIP(entry)) return entry === host;
  const [, bracketed, plain, ofPort] = /^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(entry) ?? [];
  const name = (bracketed ?? plain ?? '').replace(/^\*(?=\.)/, '');
  if (name === '' || (ofPort !== undefined && ofPort !== port)) return false;
  return name.startsWith('.') ? host.endsWith(name) : host === name || (!isIP(name) && host.endsWith(`.${name}`));
}

function isWithin(host: string, network: string, prefix: number): boolean {
  const version = isIP(network);
  if (version === 0 || isIP(host) !== version || prefix > (version === 4 ? 32 : 128)) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const range = new BlockList();
  range.addSubnet(network, prefix, family);
  return range.check(host, family);
}
