import { createHash } from 'node:crypto';

/**
 * A token of the kind Fly hands out today: `fm2_` and a macaroon, here without caveats and with a signature of nobody's.
 * flyctl takes it apart, drops one it cannot read, and refuses Managed Postgres without one.
 */
export function macaroon(name: string): string {
  const bytes = (text: string, length: number) =>
    createHash('sha256').update(`${name} ${text}`).digest().subarray(0, length);
  const nonce = array([binary(bytes('kid', 16)), binary(bytes('random', 16)), Buffer.from([isFalse])]);
  const location = string('https://api.fly.io/v1');
  return `fm2_${array([nonce, location, array([]), binary(bytes('tail', 32))]).toString('base64')}`;
}

// The four forms of MessagePack a macaroon without caveats is made of.
const isFalse = 0xc2;

function array(items: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([0x90 | items.length]), ...items]);
}

function binary(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xc4, bytes.length]), bytes]);
}

function string(text: string): Buffer {
  return Buffer.concat([Buffer.from([0xa0 | text.length]), Buffer.from(text)]);
}
