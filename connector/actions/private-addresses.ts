import { BlockList, isIPv6 } from 'node:net';

/** Whether an IP address is not part of the public internet, so that no stranger may make us call it. */
export function isPrivateAddress(address: string): boolean {
  return ranges.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

const ranges = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  ranges.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  ranges.addSubnet(network, prefix, 'ipv6');
}
