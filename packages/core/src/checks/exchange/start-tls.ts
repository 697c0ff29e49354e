import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { connect } from 'node:tls';
import type { AttemptWatch } from './attempt-watch.ts';

/** How far the other end must prove who it is: not at all, by a trusted chain, or by the chain and its name. */
export type Proof = 'none' | 'chain' | 'name';

/** TLS over a connection that already stands. Rejects with what Node said; `troubleOf` sorts that. */
export function startTls(
  tcp: Socket,
  { host, proof }: { readonly host: string; readonly proof: Proof },
  watch: AttemptWatch,
): Promise<TLSSocket> {
  const socket = connect({
    socket: tcp,
    host,
    // A server name may not be an address.
    servername: isIP(host) === 0 ? host : '',
    rejectUnauthorized: proof !== 'none',
    ...(proof === 'chain' ? { checkServerIdentity: () => undefined } : {}),
  });
  watch.onCut((why) => socket.destroy(why));
  socket.on('error', () => {});
  return new Promise((resolve, reject) => {
    const closed = () => reject(new Error('the connection was closed'));
    socket.once('error', reject);
    socket.once('close', closed);
    socket.once('secureConnect', () => {
      socket.off('error', reject);
      socket.off('close', closed);
      watch.secured();
      resolve(socket);
    });
  });
}
