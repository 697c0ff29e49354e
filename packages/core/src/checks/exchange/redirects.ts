import { isDeepStrictEqual } from 'node:util';
import { withoutHidden } from '../../text/hidden-query.ts';
import type { CookieJar } from './cookie-jar.ts';
import { exchange, shownUrl } from './exchange.ts';
import { ExchangeError } from './exchange-error.ts';
import type { Line } from './hop.ts';
import { addressesOf, crossing, refuseLocal, without } from './hop.ts';
import type { Answer, ExchangeRequest } from './message.ts';
import { headerOf, valuesOf } from './message.ts';

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

/** Sends a request and, when asked, follows where the answers point. */
export async function exchangeFollowing(
  request: ExchangeRequest,
  rules: FollowRules,
  line: Line,
): Promise<FollowedAnswer> {
  const redirects: Redirect[] = [];
  for (let current = request; ; ) {
    const sent = withCookies(current, line.cookies);
    const answer = await exchange(sent, line.proxies, line.watch);
    line.cookies?.store(current.url, valuesOf(answer.headers, 'set-cookie'));
    const next = rules.follow ? nextHop(current, answer, rules) : undefined;
    if (next === undefined) return { ...answer, url: current.url, redirects };
    redirects.push({ status: answer.status, location: next.url.href });
    const hop = `${answer.status} to ${shownUrl(next.url, request.redactQuery)}`;
    if (isSame(sent, withCookies(next, line.cookies)))
      throw new ExchangeError('assertion', `the redirects loop: ${hop}${cookieNote(answer, line)}`);
    if (redirects.length > rules.maxRedirects)
      throw new ExchangeError('assertion', `more than ${rules.maxRedirects} redirects: ${hop}`);
    if (current.url.protocol === 'https:' && next.url.protocol === 'http:' && !rules.allowDowngrade) {
      throw new ExchangeError('assertion', `the redirect leaves https: ${hop}`);
    }
    const from = answer.ip ?? current.url.hostname;
    const refuse = (to: string) => refuseLocal(to, from, hop);
    refuse(next.url.hostname);
    for (const address of await addressesOf(next, line)) refuse(address);
    // A name may resolve to something else the next time: what was connected to is looked at before anything is sent.
    current = { ...next, onAddress: refuse };
  }
}

/** Who is asked the very same again answers the same; with a new cookie, or by way of another address, it may not. */
function isSame(one: ExchangeRequest, other: ExchangeRequest): boolean {
  return (
    one.method === other.method &&
    one.url.href === other.url.href &&
    isDeepStrictEqual(one.headers.cookie, other.headers.cookie)
  );
}

function cookieNote({ headers }: Answer, { cookies }: Line): string {
  return cookies === undefined && headers['set-cookie'] !== undefined
    ? ' (it sets a cookie, which only the steps of a scenario keep)'
    : '';
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
    throw new ExchangeError(
      'assertion',
      `the redirect points to ${JSON.stringify(withoutHidden(location, request.redactQuery))}, which is no HTTP address`,
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
    throw new ExchangeError(
      'assertion',
      `the redirect asks for the body at another origin, which gets it only with \`location-trusted: true\`: ${hop}`,
    );
  }
  return next;
}

const ofBodies = ['content-type', 'content-encoding', 'content-language'];
