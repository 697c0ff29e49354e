import { isIP } from 'node:net';
import { isPublicSuffix } from './public-suffixes.ts';
import { parseSetCookie } from './set-cookie.ts';

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  /** Sent to `domain` itself only, not to the hosts below it. */
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
  /** Wall clock, milliseconds; undefined until the jar is thrown away. */
  readonly expires: number | undefined;
}

/**
 * The cookies of one pass through a scenario, kept and sent as RFC 6265 has it: domain, path, Secure and expiry are
 * honoured. A cookie for all of a public suffix is refused as browsers do; those known are in `public-suffixes.ts`.
 *
 * Ours, and not tough-cookie: that bounds neither cookies nor their number, cannot be told what time it is, and takes 10 ms of
 * every start of the checks.
 */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();
  readonly #now: () => number;

  /** `now`: the wall clock, for expiry. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Keeps what an answer from `url` set; a cookie it may not set is left out. */
  store(url: URL, headers: readonly string[]): void {
    for (const header of headers) {
      const cookie = this.#cookieOf(url, header);
      if (cookie === undefined) continue;
      const key = JSON.stringify([cookie.domain, cookie.path, cookie.name]);
      if (isOver(cookie, this.#now())) this.#cookies.delete(key);
      else if (this.#cookies.has(key) || this.#cookies.size < mostCookies) this.#cookies.set(key, cookie);
    }
  }

  /** The `cookie` header for a request to `url`; undefined when there is none to send. */
  headerFor(url: URL): string | undefined {
    const now = this.#now();
    const sent = [...this.#cookies.values()]
      .filter((cookie) => !isOver(cookie, now) && goesTo(cookie, url))
      .sort((one, other) => other.path.length - one.path.length);
    return sent.length === 0 ? undefined : sent.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  #cookieOf(url: URL, header: string): Cookie | undefined {
    const parsed = parseSetCookie(header);
    if (parsed === undefined) return undefined;
    const { name, value, attributes } = parsed;
    if (name.length + value.length > mostCharacters) return undefined;
    const secure = attributes.secure !== undefined;
    if (secure && !isTrustworthy(url)) return undefined;
    const scope = scopeOf(url.hostname, attributes.domain);
    if (scope === undefined) return undefined;
    const path = attributes.path?.startsWith('/') ? attributes.path : defaultPath(url.pathname);
    return { name, value, ...scope, path, secure, expires: expiryOf(attributes, this.#now()) };
  }
}

/** Cookies of one pass; browsers keep about as many for a site. */
const mostCookies = 200;

/** Characters of name and value together, as RFC 6265bis bounds them. */
const mostCharacters = 4096;

function isOver({ expires }: Cookie, now: number): boolean {
  return expires !== undefined && expires <= now;
}

function goesTo({ domain, hostOnly, path, secure }: Cookie, url: URL): boolean {
  if (secure && !isTrustworthy(url)) return false;
  if (hostOnly ? url.hostname !== domain : !isWithin(url.hostname, domain)) return false;
  const { pathname } = url;
  return pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
}

/** Browsers take loopback for secure, and what is tested there must behave as it will. */
function isTrustworthy({ protocol, hostname }: URL): boolean {
  return (
    /^(https|wss):$/.test(protocol) ||
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}

/** A host may set cookies for itself and the domains above it; one that names no other is for itself alone. */
function scopeOf(host: string, attribute = ''): Pick<Cookie, 'domain' | 'hostOnly'> | undefined {
  const domain = attribute.replace(/^\./, '').toLowerCase();
  if (domain === '') return { domain: host, hostOnly: true };
  // A host that is a public suffix itself has its cookies for itself, says RFC 6265.
  if (domain === host) return { domain, hostOnly: isPublicSuffix(domain) };
  return !isPublicSuffix(domain) && isWithin(host, domain) ? { domain, hostOnly: false } : undefined;
}

function isWithin(host: string, domain: string): boolean {
  if (host === domain) return true;
  const isAddress = isIP(host) !== 0 || host.startsWith('[');
  return !isAddress && host.endsWith(`.${domain}`);
}

function defaultPath(pathname: string): string {
  const last = pathname.lastIndexOf('/');
  return last <= 0 ? '/' : pathname.slice(0, last);
}

/** `max-age` outranks `expires`; one that is not a number, or not a date, is as good as absent. */
function expiryOf(attributes: Readonly<Record<string, string>>, now: number): number | undefined {
  const seconds = /^-?\d+$/.test(attributes['max-age'] ?? '') ? Number(attributes['max-age']) : undefined;
  if (seconds !== undefined) return seconds <= 0 ? 0 : now + seconds * 1000;
  const date = Date.parse(attributes.expires ?? '');
  return Number.isNaN(date) ? undefined : date;
}
