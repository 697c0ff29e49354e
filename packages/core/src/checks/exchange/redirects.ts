import type { AttemptWatch } from './attempt-watch.ts';
import type { CookieJar } from './cookie-jar.ts';
import type { Answer, ExchangeRequest } from './exchange.ts';
import { exchange, headerOf, shownUrl, valuesOf } from './exchange.ts';
import { addressesOf, crossing, refuseLocal, without } from './hop.ts';
import type { Proxies } from './proxy.ts';
import { Trouble } from './trouble.ts';

export interface FollowRules {
  readonly follow: boolean;
  readonly maxRedirects: number;
  /** Accept a hop from https to http. */
  readonly allowDowngrade: boolean;
  /** Take body, headers and client certificate along to another origin. */
  readonly locationTrusted: boolean;
}

export interface FollowedAnswer extends Answer {
  /** Where the last answer came from. */
  readonly url: URL;
  readonly redirects: readonly Redirect[];
}

/** One answer that pointed elsewhere; `location` is absolute. */
export interface Redirect {
  readonly status: number;
  readonly location: string;
}

export interface Line {
  readonly proxies: Proxies;
  readonly watch: AttemptWatch;
  /** Kept from every answer and sent with every request, at each hop; no cookies without it. */
  readonly cookies: CookieJar | undefined;
}

/** Sends a request and, when asked, follows where the answers point; every hop is a connection of its own. */
export async function exchangeFollowing(
  request: ExchangeRequest,
  rules: FollowRules,
  line: Line,
): Promise<FollowedAnswer> {
  const seen = new Set<string>();
  const redirects: Redirect[] = [];
  for (let current = request; ; ) {
    const answer = await exchange(withCookies(current, line.cookies), line.proxies, line.watch);
    line.cookies?.store(current.url, valuesOf(answer.headers, 'set-cookie'));
    const next = rules.follow ? nextHop(current, answer, rules) : undefined;
    if (next === undefined) return { ...answer, url: current.url, redirects };
    seen.add(`${current.method} ${current.url.href}`);
    redirects.push({ status: answer.status, location: next.url.href });
    const hop = `${answer.status} to ${shownUrl(next.url, request.redactQuery)}`;
    if (seen.has(`${next.method} ${next.url.href}`))
      throw new Trouble('assertion', `the redirects loop: ${hop}`);
    if (seen.size > rules.maxRedirects)
      throw new Trouble('assertion', `more than ${rules.maxRedirects} redirects: ${hop}`);
    if (current.url.protocol === 'https:' && next.url.protocol === 'http:' && !rules.allowDowngrade) {
      throw new Trouble('assertion', `the redirect leaves https: ${hop}`);
    }
    const from = answer.ip ?? current.url.hostname;
    const refuse = (to: string) => refuseLocal(to, from, hop);
    refuse(next.url.hostname);
    for (const address of await addressesOf(next, line)) refuse(address);
    // A name may resolve to something else the next time: what was connected to is looked at before anything is sent.
    current = { ...next, onAddress: refuse };
  }
}

/** The cookies of the jar come after those the request states itself. */
function withCookies(request: ExchangeRequest, cookies: CookieJar | undefined): ExchangeRequest {
  const kept = cookies?.headerFor(request.url);
  if (kept === undefined) return request;
  const cookie = [...valuesOf(request.headers, 'cookie'), kept].join('; ');
  return { ...request, headers: { ...request.headers, cookie } };
}

function nextHop(
  request: ExchangeRequest,
  answer: Answer,
  { locationTrusted }: FollowRules,
): ExchangeRequest | undefined {
  if (![301, 302, 303, 307, 308].includes(answer.status)) return undefined;
  const location = headerOf(answer.headers, 'location');
  if (location === undefined) return undefined;
  const url = URL.parse(location, request.url.href);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Trouble(
      'assertion',
      `the redirect points to ${JSON.stringify(location)}, which is no HTTP address`,
    );
  }
  // Credentials that a service chose are no part of the check.
  url.username = '';
  url.password = '';
  const next = crossing(request, url, locationTrusted ? 'trusted' : 'plain');
  const becomesGet =
    (answer.status === 303 && request.method !== 'HEAD') ||
    (answer.status <= 302 && request.method === 'POST');
  if (becomesGet)
    return { ...next, headers: without(next.headers, ofBodies), method: 'GET', body: undefined };
  if (request.body !== undefined && url.origin !== request.url.origin && !locationTrusted) {
    const hop = `${answer.status} to ${shownUrl(url, request.redactQuery)}`;
    throw new Trouble(
      'assertion',
      `the redirect asks for the body at another origin, which gets it only with \`location-trusted: true\`: ${hop}`,
    );
  }
  return next;
}

const ofBodies = ['content-type', 'content-encoding', 'content-language'];
