import type { Cursor } from '../../parse/cursor.ts';
import { shown } from '../../parse/cursor.ts';
import { fields } from '../../parse/fields.ts';
import { flag, integer, listOf, size, text, word } from '../../parse/scalars.ts';
import type { TypeDefaults } from '../check-type.ts';

/** An assets check as written. */
export interface AssetsSpec {
  readonly url: string;
  /** Look at what style sheets name, those they import included. */
  readonly css: boolean;
  /** Ask for headers only, where the body is not needed. */
  readonly head: boolean;
  /** Templates of origins to fetch from beside the page's own. */
  readonly origins: readonly string[];
  /** Assets looked at, scripts and style sheets apart. */
  readonly limit: number;
  readonly follow: boolean;
  readonly maxBodyBytes: number;
  /** Query parameters whose values reports do not show. */
  readonly redactQuery: readonly string[];
}

const keys = ['url', 'css', 'head', 'origins', 'limit', 'follow', 'max-body'];

/** Reads `/path`, or a mapping. */
export function readAssets(at: Cursor, { follow, redactQuery = [] }: TypeDefaults): AssetsSpec | undefined {
  const spec = {
    css: true,
    head: false,
    origins: [],
    limit: 200,
    follow,
    maxBodyBytes: 10 * 1024 * 1024,
    redactQuery,
  };
  if (typeof at.value === 'string') {
    if (/^\S+$/.test(at.value)) return { ...spec, url: at.value };
    return at.fail(`\`assets\` must be the page, such as /, or a mapping, not ${shown(at.value)}.`);
  }
  const given = fields(at, { what: '`assets`', keys });
  if (given === undefined) return undefined;
  const url = given.read('url', text);
  if (!given.has('url')) at.fail('`assets` needs a `url`: the page whose assets are looked at.');
  return {
    url: url ?? '',
    css: given.read('css', flag) ?? spec.css,
    head: given.read('head', flag) ?? spec.head,
    origins: given.read('origins', listOf(origin)) ?? spec.origins,
    limit: given.read('limit', integer(1)) ?? spec.limit,
    follow: given.read('follow', flag) ?? spec.follow,
    maxBodyBytes: given.read('max-body', size) ?? spec.maxBodyBytes,
    redactQuery,
  };
}

function origin(at: Cursor): string | undefined {
  const written = word(at);
  if (written === undefined || written.includes('${') || originOf(written) !== undefined) return written;
  return at.fail(`${shown(at.value)} is not an origin such as https://cdn.example.com.`);
}

/** The origin a text names; undefined when it names more or less than one. */
export function originOf(written: string): string | undefined {
  const url = URL.parse(written);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  return url.pathname === '/' && url.search === '' && url.hash === '' ? url.origin : undefined;
}
