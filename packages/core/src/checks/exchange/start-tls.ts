import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { lateTls } from '../../io/late-builtins.ts';
import type { AttemptWatch } from './attempt-watch.ts';
import { opened } from './connect.ts';
import { serverNameOf } from './server-name.ts';

/** How far the other end must prove who it is: not at all, by a trusted chain, or by the chain and its name. */
export type Proof = 'none' | 'chain' | 'name';

/** TLS over a connection that already stands. Rejects with what Node said; `exchangeErrorOf` sorts that. */
export async function startTls(
  tcp: Socket,
  { host, proof }: { readonly host: string; readonly proof: Proof },
  watch: AttemptWatch,
): Promise<TLSSocket> {
  const socket = lateTls().connect({
    socket: tcp,
    host,
    servername: serverNameOf(host),
    rejectUnauthorized: proof !== 'none',
    ...(proof === 'chain' ? { checkServerIdentity: () => undefined } : {}),
  });
  watch.onCut((why) => socket.destroy(why));
  socket.on('error', () => {});
  await opened(socket, 'secureConnect');
  watch.secured();
  return socket;
}
