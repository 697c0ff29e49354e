import type { Agent } from 'node:http';
import { createAgents } from './connections.ts';
import { readProxies } from './proxy.ts';
import { requireTlsVerification } from './tls-verification.ts';

/**
 * Connections for what is upgraded, a WebSocket: one each, through the same proxies and with the same trust as requests of
 * the network port. Its failures too: `proxy-unusable`, `tls-unverified`, when the first is asked for.
 */
export function createUpgradeAgents(env: Readonly<Record<string, string | undefined>>): (url: URL) => Agent {
  let agents: Pick<ReturnType<typeof createAgents>, 'agentFor'> | undefined;
  return (url) => {
    requireTlsVerification(env);
    agents ??= createAgents(readProxies(env));
    return agents.agentFor(url, true);
  };
}
