import { BlockList, isIP } from 'node:net';

/**
 * What an address is to the machine that asks: `loopback` is the machine itself, `metadata` what clouds tell their
 * machines, credentials among it, with the whole of link-local; `other` anything else, private networks included.
 */
export type Nearness = 'loopback' | 'metadata' | 'other';

/** A rule for an IPv4 address holds for its IPv4-mapped form as well. */
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');
// Linux connects both to itself.
loopback.addSubnet('0.0.0.0', 8);
loopback.addAddress('::', 'ipv6');

const metadata = new BlockList();
metadata.addSubnet('169.254.0.0', 16);
metadata.addSubnet('fe80::', 10, 'ipv6');
// The same by NAT64 (RFC 6052).
metadata.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');
// AWS and Google by IPv6, Alibaba, Oracle, and the agent of Azure, where hosted runners run: each documented by its cloud.
metadata.addSubnet('fd00:ec2::', 32, 'ipv6');
metadata.addAddress('fd20:ce::254', 'ipv6');
metadata.addAddress('100.100.100.200');
metadata.addAddress('192.0.0.192');
metadata.addAddress('168.63.129.16');

const metadataNames: readonly string[] = ['metadata.google.internal', 'metadata.goog', 'metadata'];

/** Of the host of a URL, or of an address; a name that is not known to be local is `other` until it is resolved. */
export function nearnessOf(host: string): Nearness {
  const bare = host.replace(/^\[|\]$|%.*$/g, '');
  const family = isIP(bare);
  if (family === 0) return nearnessOfName(bare.toLowerCase().replace(/\.$/, ''));
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  if (metadata.check(bare, kind)) return 'metadata';
  return loopback.check(bare, kind) ? 'loopback' : 'other';
}

function nearnessOfName(name: string): Nearness {
  if (metadataNames.includes(name)) return 'metadata';
  return name === 'localhost' || name.endsWith('.localhost') ? 'loopback' : 'other';
}
