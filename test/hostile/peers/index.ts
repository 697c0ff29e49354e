import { postgresPeers, redisPeers } from './databases.ts';
import { webPeers } from './http.ts';
import { grpcPeers, http2Peers } from './http2.ts';
import type { Peer, Peers } from './peer.ts';
import { mailPeers, rawPeers } from './raw.ts';
import { tlsPeers } from './tls.ts';
import { websocketPeers } from './websocket.ts';

const named = (what: string, peers: Peers, secure = false): Peer[] =>
  Object.entries(peers).map(([name, meet]) => ({ name: `${what}: ${name}`, secure, meet }));

const some = (peers: Peers, ...names: readonly string[]): Peers =>
  Object.fromEntries(Object.entries(peers).filter(([name]) => names.includes(name)));

/** All of them; those that speak after a handshake meet what connects by TLS. */
export const peers: readonly Peer[] = [
  ...named('raw', rawPeers),
  ...named('mail', mailPeers),
  ...named('web', webPeers),
  ...named('HTTP/2', http2Peers),
  ...named('gRPC', grpcPeers),
  ...named('TLS', tlsPeers),
  ...named('Postgres', postgresPeers),
  ...named('Redis', redisPeers),
  ...named('WebSocket', websocketPeers),
  ...named(
    'inside TLS, raw',
    some(rawPeers, 'says nothing', 'resets after the request', 'noise without end', 'closes at once'),
    true,
  ),
  ...named(
    'inside TLS, web',
    some(webPeers, '101 to a plain request', '100 without end', 'a gzip bomb'),
    true,
  ),
  ...named(
    'inside TLS, HTTP/2',
    some(http2Peers, 'GOAWAY at once', 'pings without end', 'data without end'),
    true,
  ),
  ...named('inside TLS, WebSocket', some(websocketPeers, 'messages without end', 'a masked frame'), true),
  ...named('inside TLS, Redis', redisPeers, true),
];
