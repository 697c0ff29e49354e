import { createUpgradeAgents } from '../../../io/http/upgrade-agents.ts';
import type { RailwayCredential } from '../api/graphql.ts';
import { tokenHeaders } from '../token/token.ts';
import { GraphqlSocket, type StreamSocket } from './graphql-socket.ts';

export const railwaySocketUrl = 'wss://backboard.railway.com/graphql/v2';

/** Opens a socket to Railway; it is closed when the signal is aborted. Rejects with an Error that says why it could not be. */
export type OpenSocket = (signal: AbortSignal) => Promise<StreamSocket>;

/**
 * Sockets to Railway, through the proxies that `env` names. `userAgent`: some that name nobody are refused by the edge.
 * Failures of the first, beside: `proxy-unusable`, `tls-unverified`.
 */
export function railwaySockets(
  env: Readonly<Record<string, string | undefined>>,
  { kind, value }: RailwayCredential,
  userAgent = 'belay',
): OpenSocket {
  const agentFor = createUpgradeAgents(env);
  const headers = { ...tokenHeaders(kind, value), 'user-agent': userAgent };
  return async (signal) => {
    const url = new URL(railwaySocketUrl);
    // The way there is that of https.
    const agent = agentFor(new URL(url.href.replace(/^ws/, 'http')));
    return GraphqlSocket.open({ url, headers, agent, signal });
  };
}
