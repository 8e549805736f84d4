import { proxyOfGo } from '../../src/live/proxy-of-go';

const OUTSIDE = process.env;
const PROXY = 'http://proxy.example.com:3128';
const ENDPOINT = 'abcdef.gr7.eu-central-1.eks.example.com';

afterEach(() => { process.env = OUTSIDE; });

/** The proxy of a host, with an environment of its own. */
function proxyOf(host: string, env: Record<string, string> = {}): string {
  process.env = { HTTPS_PROXY: PROXY, ...env };
  return proxyOfGo(`https://${host}/`);
}

test.each([ENDPOINT, '10.0.0.1:6443', '[fd00::1]', 'localhost.example.com', '128.0.0.1'])('%s is reached by it', (host) => {
  expect(proxyOf(host)).toBe(PROXY);
});

test.each(['localhost', 'localhost:8443', 'LOCALHOST', '127.0.0.1:8443', '127.1.2.3', '[::1]:8443'])('%s is this machine', (host) => {
  expect(proxyOf(host)).toBe('');
});

test.each([
  ['*', ENDPOINT], ['eks.example.com', ENDPOINT], ['.eks.example.com', ENDPOINT], ['*.eks.example.com', ENDPOINT], [ENDPOINT, ENDPOINT],
  ['a.test, EKS.Example.com', ENDPOINT], ['eks.example.com:443', ENDPOINT], ['eks.example.com:6443', `${ENDPOINT}:6443`],
  ['10.0.0.0/8', '10.1.2.3'], ['10.1.2.3', '10.1.2.3'], ['10.1.2.3:6443', '10.1.2.3:6443'], ['fd00::/8', '[fd00::1]'], ['fd00::1', '[fd00::1]'],
  ['[fd00::1]:443', '[fd00::1]'],
])('NO_PROXY=%s excepts %s', (NO_PROXY, host) => {
  expect(proxyOf(host, { NO_PROXY })).toBe('');
  expect(proxyOf(host, { no_proxy: NO_PROXY })).toBe('');
});

test.each([
  ['xample.com', ENDPOINT], ['.abcdef.gr7.eu-central-1.eks.example.com', ENDPOINT], ['eks.example.com:6443', ENDPOINT], ['10.0.0.0/8', '11.0.0.1'],
  ['10.0.0.0/8', ENDPOINT], ['10.0.0.0/99', '10.0.0.1'], ['fd00::/8', '10.0.0.1'], [',, ,', ENDPOINT], ['example/8', ENDPOINT],
])('NO_PROXY=%s does not except %s', (NO_PROXY, host) => {
  expect(proxyOf(host, { NO_PROXY })).toBe(PROXY);
});

test('without a scheme, the proxy is one of HTTP', () => {
  expect(proxyOf(ENDPOINT, { HTTPS_PROXY: 'proxy.example.com:3128' })).toBe(PROXY);
});

test('in small letters it counts as well, and ALL_PROXY and HTTP_PROXY do not', () => {
  expect(proxyOf(ENDPOINT, { HTTPS_PROXY: '', https_proxy: PROXY })).toBe(PROXY);
  expect(proxyOf(ENDPOINT, { HTTPS_PROXY: '', ALL_PROXY: PROXY, HTTP_PROXY: PROXY, npm_config_https_proxy: PROXY })).toBe('');
});
