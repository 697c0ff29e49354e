import type { Clock } from '../../io/clock.ts';
import type { HeaderList } from '../exchange/message.ts';
import { headerOf } from '../exchange/message.ts';

/** A parameter of our own in the query of a request, with a value that no cache has seen. */
export class CacheBuster {
  readonly #parameter: string;
  readonly #serial: string;

  /** `serial`: letters, digits and hyphens, and no second time. */
  constructor(serial: string) {
    this.#parameter = `belay=${serial}`;
    this.#serial = serial;
  }

  /** The address with it, and all else as it is written: who joins a query anew may mean another by it. */
  addedTo(url: URL): URL {
    const added = new URL(url);
    added.search = url.search === '' ? `?${this.#parameter}` : `${url.search}&${this.#parameter}`;
    return added;
  }

  isIn(text: string): boolean {
    return text.includes(this.#serial);
  }

  /** Text that may name the address, without it: plain, in HTML, in JSON, or in the query of another address. */
  outOf(text: string): string {
    if (!this.isIn(text)) return text;
    const first = String.raw`\?|%3F|\\u003f`;
    const further = String.raw`&amp;|&#0*38;|&#x0*26;|&|%26|\\u0026`;
    const parameter = String.raw`belay(?:=|%3D|\\u003d)${this.#serial}(?![\w-])`;
    return text
      .replace(new RegExp(`(${first})${parameter}(?:${further})`, 'gi'), '$1')
      .replace(new RegExp(`(?:${first}|${further})${parameter}`, 'gi'), '');
  }

  outOfUrl(url: URL): URL {
    return this.isIn(url.href) ? new URL(this.outOf(url.href)) : url;
  }

  outOfHeaders(headers: HeaderList): HeaderList {
    const entries = Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? this.outOf(value) : value.map((line) => this.outOf(line)),
    ]);
    return Object.assign(Object.create(null), Object.fromEntries(entries));
  }

  /** Byte by byte where it is not named. */
  outOfBytes(bytes: Buffer): Buffer {
    return bytes.includes(this.#serial) ? Buffer.from(this.outOf(bytes.toString('latin1')), 'latin1') : bytes;
  }
}

/** A value that no cache has seen; `count` tells apart those of one moment. */
export function serialAt(clock: Pick<Clock, 'now'>, count: number): string {
  return `${Math.trunc(clock.now()).toString(36)}-${count}`;
}

/** Its `url` is that of the last answer, with our parameter where it still had it. */
interface Answered {
  readonly status: number;
  readonly headers: HeaderList;
  readonly url: URL;
}

/** What may be said of a query nobody expected, rather than of the release. */
const refusals = [400, 401, 403, 414, 422];
/** What may be said so where none was expected at all. */
const refusalsOfAny = [404, 405];

/**
 * Whether an answer to `url` with our query may be about that: it refuses the query, leads to the address without it, or,
 * where we alone brought one, home. `without`: what the address itself was answered, as far as that is known; the same again
 * is not about the query.
 */
export function isOfQuery(
  answer: Answered,
  url: URL,
  own: CacheBuster,
  without?: Omit<Answered, 'url'>,
): boolean {
  const { status } = answer;
  const leadsTo = placeOf(answer, own);
  if (without?.status === status && leadsTo?.href === placeOf({ ...without, url }, own)?.href) return false;
  const isOnlyOurs = url.search === '';
  if (leadsTo !== undefined) return isSameAddress(leadsTo, url) || (isOnlyOurs && isHome(leadsTo, url));
  if (!own.isIn(answer.url.href)) return isOnlyOurs && isHome(answer.url, url);
  return refusals.includes(status) || (isOnlyOurs && refusalsOfAny.includes(status));
}

/** Where a redirect that was not followed leads. */
function placeOf({ status, headers, url }: Answered, own: CacheBuster): URL | undefined {
  const location = status >= 300 && status < 400 ? headerOf(headers, 'location') : undefined;
  const to = location === undefined ? null : URL.parse(location, url.href);
  return to === null ? undefined : own.outOfUrl(to);
}

function isSameAddress(one: URL, other: URL): boolean {
  return one.origin === other.origin && one.pathname === other.pathname && one.search === other.search;
}

/** The first page of the same site, where another was asked for. */
function isHome(to: URL, from: URL): boolean {
  return to.hostname === from.hostname && to.pathname === '/' && from.pathname !== '/';
}
