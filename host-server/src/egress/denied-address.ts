import ipaddr from 'ipaddr.js';

/** IPv6 ranges that lead to IPv4 addresses or to nowhere outside, beside those `ipaddr.js` names. */
const CARRIERS = ['64:ff9b::/96', '64:ff9b:1::/48', '2002::/16', '2001::/32', 'fec0::/10', '100::/64'].map((range) =>
  ipaddr.parseCIDR(range),
);

/**
 * Why an address must not be called on behalf of a plugin; `undefined` for a public one. Everything that is not plain
 * public unicast is refused, an address that can not be read too.
 */
export function deniedAddress(address: string): string | undefined {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!ipaddr.isValid(bare)) return `${address} is not an address`;
  const parsed = ipaddr.process(bare);
  const range = parsed.range();
  if (range !== 'unicast') return `${address} is ${range}`;
  const isCarried =
    parsed.kind() === 'ipv6' && CARRIERS.some(([net, bits]) => net.kind() === 'ipv6' && parsed.match(net, bits));
  return isCarried ? `${address} leads into another network` : undefined;
}
