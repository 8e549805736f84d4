/**
 * Whether an IP address or a range of them can be read in more than one way: an IPv4 address with leading zeros or within an IPv6
 * one, or an IPv4 range with bits behind its prefix. Built-in APIs refuse these from 1.36 on.
 *
 * @see https://github.com/kubernetes/kubernetes/pull/137053
 */
export function isAmbiguousAddress(text: string): boolean {
  const [, ipv6, ipv4, prefix] = /^([\da-f:]*:)?(\d+\.\d+\.\d+\.\d+)(?:\/(\d+))?$/i.exec(text) ?? [];
  if (ipv4 === undefined) return false;
  const octets = ipv4.split('.');
  if (ipv6 !== undefined || [...octets, prefix ?? ''].some((number) => /^0\d/.test(number))) return true;
  return prefix !== undefined && octets.reduce((sum, octet) => sum * 256 + Number(octet), 0) % 2 ** (32 - Number(prefix)) !== 0;
}
