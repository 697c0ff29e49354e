import type { LookupAddress } from 'node:dns';
import dns from 'node:dns';
import { addressOf } from './address.ts';
import type { AttemptWatch } from './attempt-watch.ts';
import type { CookieJar } from './cookie-jar.ts';
import { ExchangeError } from './exchange-error.ts';
import { nearnessOf } from './local-addresses.ts';
import type { ExchangeRequest } from './message.ts';
import type { Proxies } from './proxy.ts';
import { routed } from './route.ts';
import { chosenProxy } from './web-connection.ts';

/** What carries Vercel's bypass secret. */
export const bypassHeader = 'x-vercel-protection-bypass';

/** What a request may take along to another origin. */
export type Crossing = 'trusted' | 'plain';

/** The same request for another address. What was meant for the first origin stays behind when it is another one. */
export function crossing(request: ExchangeRequest, url: URL, how: Crossing): ExchangeRequest {
  if (url.origin === request.url.origin) return { ...request, url };
  const { headers, tls, ...rest } = request;
  const { serverName: _name, ...trust } = tls ?? { verify: true };
  // The name of one host means nothing to another, and the bypass is a secret of the target alone.
  const always = ['host', bypassHeader];
  if (how === 'trusted') return { ...rest, url, headers: without(headers, always), tls: tls && trust };
  const { cert: _cert, key: _key, passphrase: _passphrase, ...anonymous } = trust;
  const secret = Object.keys(headers).filter((name) => credential.test(name));
  const kept = without(headers, [...always, ...secret, ...(request.secretHeaders ?? [])]);
  return { ...rest, url, headers: kept, tls: tls && anonymous };
}

/** Names under which credentials commonly travel. */
const credential =
  /auth|cookie|token|secret|password|passwd|credential|session|api-?key|csrf|xsrf|signature/i;

/** Whether a header of this name commonly holds a credential. */
export function isCredentialName(name: string): boolean {
  return credential.test(name);
}

/** They say what is asked for, and hold none. */
const sayWhatIsAsked = ['www-authenticate', 'proxy-authenticate', 'access-control-allow-credentials'];

/** Whether the value of a header of an answer is a credential by its name, whether or not it is one of ours. */
export function isSecretHeader(name: string): boolean {
  return isCredentialName(name) && !sayWhatIsAsked.includes(name.toLowerCase());
}

export function without(
  headers: ExchangeRequest['headers'],
  names: readonly string[],
): ExchangeRequest['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

/**
 * Throws ExchangeError for a place that no service may send a check to: what only this machine can reach, and would tell.
 * `to` is the host of the hop or the address that it led to, `from` that of the answer before it.
 */
export function refuseLocal(to: string, from: string, hop: string): void {
  const nearness = nearnessOf(to);
  if (nearness === 'metadata')
    throw new ExchangeError(
      'assertion',
      `the redirect leads to a link-local or metadata address (${to}), where no redirect is followed: ${hop}`,
    );
  if (nearness === 'loopback' && nearnessOf(from) !== 'loopback')
    throw new ExchangeError('assertion', `the redirect leads from outside to this machine (${to}): ${hop}`);
}

/** What the host of a request resolves to here; none where a proxy resolves it, or nobody can. */
export async function addressesOf(
  request: ExchangeRequest,
  { proxies, watch }: Line,
): Promise<readonly string[]> {
  if (chosenProxy(request, proxies) !== undefined) return [];
  const { host } = routed(addressOf(request.url), watch.route);
  watch.connecting();
  return new Promise((resolve, reject) => {
    watch.onCut(reject);
    // Why a name is not resolved is told by the connection.
    dns.lookup(host, { all: true }, (error, found: LookupAddress[]) =>
      resolve(error === null ? found.map(({ address }) => address) : []),
    );
  });
}

export interface Line {
  readonly proxies: Proxies;
  readonly watch: AttemptWatch;
  /** Kept from every answer and sent with every request, at each hop; no cookies without it. */
  readonly cookies: CookieJar | undefined;
}
