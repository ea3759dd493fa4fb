import { BlockList, isIPv6 } from 'node:net';

/**
 * Whether an IP address is not part of the public internet, so that no stranger may make us call it. IPv4 addresses that
 * are written as IPv6 ones are judged by what they stand for.
 */
export function isPrivateAddress(address: string): boolean {
  if (!isIPv6(address)) return reserved.check(address, 'ipv4');
  // Of IPv6, only this range is handed out for public use; mapped IPv4 addresses have the ranges of IPv4.
  const isOutside = !mapped.check(address, 'ipv6') && !publicRange.check(address, 'ipv6');
  return isOutside || reserved.check(address, 'ipv6');
}

const publicRange = new BlockList();
publicRange.addSubnet('2000::', 3, 'ipv6');

const mapped = new BlockList();
mapped.addSubnet('::ffff:0:0', 96, 'ipv6');

/** The special-purpose registries of IANA, as far as they are not public. */
const reserved = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  reserved.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  // Tunnels, which lead to an IPv4 address that was not judged.
  ['2001::', 23],
  ['2002::', 16],
  ['2001:db8::', 32],
  ['3fff::', 20],
] as const) {
  reserved.addSubnet(network, prefix, 'ipv6');
}
