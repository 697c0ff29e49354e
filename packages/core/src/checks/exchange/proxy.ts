import type { ProxyEnv } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Address } from './address.ts';
import { bareHost } from './bare-host.ts';

/** The proxies of the environment, read once by `readProxies`. */
export type Proxies = Readonly<Pick<ProxyEnv, 'HTTPS_PROXY' | 'HTTP_PROXY' | 'NO_PROXY'>>;

/** The proxy for `url`, unless `NO_PROXY` exempts its host. */
export function proxyFor(url: URL, proxies: Proxies): URL | undefined {
  const { HTTPS_PROXY, HTTP_PROXY } = proxies;
  if (HTTPS_PROXY === undefined && HTTP_PROXY === undefined) return undefined;
  const proxy = url.protocol === 'https:' ? HTTPS_PROXY : HTTP_PROXY;
  return proxy === undefined || isExempt(url, proxies.NO_PROXY ?? '') ? undefined : new URL(proxy);
}

/** The proxy by which `address` is reached with CONNECT: what is not http goes the way of https. */
export function tunnelProxyFor({ host, port }: Address, proxies: Proxies): URL | undefined {
  const bracketed = isIPv6(host) ? `[${host}]` : host;
  return proxyFor(new URL(`https://${bracketed}:${port}`), proxies);
}

/** `NO_PROXY` is a list of hosts and domains, with an optional port; `*` exempts all. */
function isExempt(url: URL, list: string): boolean {
  const host = bareHost(url.hostname);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return list
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', only] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
      if (only !== undefined && only !== port) return false;
      return host === name.toLowerCase() || host.endsWith(`.${name.toLowerCase()}`);
    });
}

/** `Basic …` for a proxy that carries its credentials in its URL. */
export function proxyAuthorization(proxy: URL): string | undefined {
  if (proxy.username === '') return undefined;
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}
