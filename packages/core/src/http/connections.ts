import { Agent as HttpAgent, type ProxyEnv } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Clock } from '../clock.ts';
import type { Redact } from './redact.ts';

/** What every request of one door shares. */
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
  const agents = {
    http: { pooled: new HttpAgent(pooled), fresh: new HttpAgent(fresh), proxy: proxies?.HTTP_PROXY },
    https: { pooled: new HttpsAgent(pooled), fresh: new HttpsAgent(fresh), proxy: proxies?.HTTPS_PROXY },
  };
  const of = (url: URL) => agents[url.protocol === 'http:' ? 'http' : 'https'];
  return {
    agentFor: (url, isFresh) => of(url)[isFresh ? 'fresh' : 'pooled'],
    proxyFor(url) {
      const { proxy } = of(url);
      return proxy === undefined ? undefined : new URL(proxy);
    },
  };
}
