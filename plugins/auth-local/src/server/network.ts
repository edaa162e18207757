import { isIPv6 } from 'node:net';

/** The network an address belongs to: itself, or the first 64 bits of an IPv6 address, since one person has all of it. */
export function toNetwork(ip: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip)) return ip;
  const [head = '', tail] = ip.split('::');
  const groups = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0');
  const full = [...groups, ...zeros, ...rest].map((group) => group.replace(/^0+(?=.)/, '').toLowerCase());
  return `${full.slice(0, 4).join(':')}::/64`;
}
