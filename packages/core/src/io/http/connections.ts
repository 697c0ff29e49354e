import { Agent as HttpAgent, type ProxyEnv } from 'node:http';
import type { Clock } from '../clock.ts';
import { lateHttps } from '../late-builtins.ts';
import type { Redact } from './redact.ts';

/** What every request of one port shares. */
export interface Connections {
  readonly clock: Clock;
  readonly userAgent: string;
  readonly redact: Redact;
  /**
   * `fresh` for requests that must not be sent twice: a pooled connection that the server has just closed cannot
   * be told from one that died after the request took effect.
   */
  agentFor(url: URL, fresh: boolean): HttpAgent;
  /** Where requests to `url` are sent first, unless NO_PROXY keeps them away from it. */
  proxyFor(url: URL): URL | undefined;
}

/** Pooled connections, and fresh ones, through the proxies when there are any. */
export function createAgents(proxies: ProxyEnv | undefined): Pick<Connections, 'agentFor' | 'proxyFor'> {
  const fresh = proxies === undefined ? {} : { proxyEnv: proxies };
  const pooled = { ...fresh, keepAlive: true, maxSockets: 16 };
  const plain = { pooled: new HttpAgent(pooled), fresh: new HttpAgent(fresh), proxy: proxies?.HTTP_PROXY };
  let secured: typeof plain | undefined;
  const of = (url: URL) => {
    if (url.protocol === 'http:') return plain;
    if (secured === undefined) {
      const { Agent } = lateHttps();
      secured = { pooled: new Agent(pooled), fresh: new Agent(fresh), proxy: proxies?.HTTPS_PROXY };
    }
    return secured;
  };
  return {
    agentFor: (url, isFresh) => of(url)[isFresh ? 'fresh' : 'pooled'],
    proxyFor(url) {
      const { proxy } = of(url);
      return proxy === undefined ? undefined : new URL(proxy);
    },
  };
}
