import type { ProxyEnv } from 'node:http';
import { ActionFailure } from '../../outcome/failure.ts';
import { defined } from '../../text/defined.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxies named by `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` (lower case wins, as in curl), or undefined when
 * there are none. Fails when one is named that cannot be used: going around a proxy in silence would be worse.
 */
export function readProxies(env: Environment, nodeVersion = process.versions.node): ProxyEnv | undefined {
  const https = proxyUrl(env, 'HTTPS_PROXY');
  const http = proxyUrl(env, 'HTTP_PROXY');
  if (https === undefined && http === undefined) return undefined;
  refuseOldNode(nodeVersion);
  return {
    ...defined({ HTTPS_PROXY: https, HTTP_PROXY: http }),
    NO_PROXY: withSubdomains(variable(env, 'NO_PROXY') ?? ''),
  };
}

function proxyUrl(env: Environment, name: string): string | undefined {
  const value = variable(env, name);
  if (value === undefined) return undefined;
  // Node ignores a value without a scheme; curl and Go read it as http.
  const url = value.includes('://') ? value : `http://${value}`;
  const parsed = URL.parse(url);
  // An @ behind the host is one of a password that is not percent-encoded: its half is no host.
  const isTornApart = parsed !== null && `${parsed.pathname}${parsed.search}${parsed.hash}`.includes('@');
  if (parsed !== null && ['http:', 'https:'].includes(parsed.protocol) && !isTornApart) return url;
  throw new ActionFailure({
    code: 'proxy-unusable',
    what: `${name} does not name an http or https proxy`,
    why: 'only proxies that speak HTTP CONNECT can be used, so a SOCKS proxy cannot',
    next: `Set ${name} to a value such as http://proxy.example:3128, or leave it empty`,
  });
}

function variable(env: Environment, name: string): string | undefined {
  return env[name.toLowerCase()]?.trim() || env[name]?.trim() || undefined;
}

function refuseOldNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 24 || (major === 24 && minor >= 5)) return;
  throw new ActionFailure({
    code: 'proxy-unusable',
    what: `a proxy is set, and this runner’s Node ${version} cannot use one`,
    why: 'Node supports proxies from 24.5 on',
    next: 'Update the self-hosted runner, which brings its own Node, to its newest version; start act with Node 24.5 or newer on PATH',
  });
}

/** Node matches `example.com` exactly; curl and Go, so flyctl too, mean its subdomains as well. */
function withSubdomains(noProxy: string): string {
  const entries = noProxy.split(/[\s,]+/).filter((entry) => entry !== '');
  return entries.flatMap((entry) => (isDomain(entry) ? [entry, `.${entry}`] : [entry])).join(',');
}

function isDomain(entry: string): boolean {
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*$/i.test(entry);
}
