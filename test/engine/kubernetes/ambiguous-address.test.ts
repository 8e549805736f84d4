import { isAmbiguousAddress } from '../../../src/engine/kubernetes/ambiguous-address';

test.each([
  ['10.0.0.5', false], ['0.0.0.0', false], ['10.0.0.0/24', false], ['10.0.0.5/32', false], ['0.0.0.0/0', false], ['255.255.255.255/32', false],
  ['010.0.0.5', true], ['10.0.0.005', true], ['10.00.0.0/24', true], ['10.0.0.0/08', true],
  ['10.0.0.5/24', true], ['10.0.0.1/0', true], ['192.168.128.0/16', true],
  ['::ffff:10.0.0.5', true], ['2001:0db8::1', false], ['2001:db8::/32', false], ['::', false],
  ['None', false], ['', false], ['example.com', false], ['1.2.3', false],
])('%s: %s', (text, expected) => {
  expect(isAmbiguousAddress(text)).toBe(expected);
});
