import { isIP } from 'node:net';

/** The name to ask for in a handshake: an address is none, and the dot that ends a full name is no part of it (RFC 6066). */
export function serverNameOf(host: string): string {
  return isIP(host) === 0 ? host.replace(/\.$/, '') : '';
}
