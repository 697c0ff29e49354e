/** The proxy that HTTPS_PROXY or HTTP_PROXY names for `url`, unless NO_PROXY exempts its host. */
export function proxyFor(url: URL, env: Readonly<Record<string, string | undefined>>): URL | undefined {
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const text = env[name] || env[name.toUpperCase()];
  if (text === undefined || text === '' || isExempt(url, env.no_proxy || env.NO_PROXY || ''))
    return undefined;
  return new URL(text.includes('://') ? text : `http://${text}`);
}

/** `NO_PROXY` is a list of hosts and domains, with an optional port; `*` exempts all. */
function isExempt(url: URL, list: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '');
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
