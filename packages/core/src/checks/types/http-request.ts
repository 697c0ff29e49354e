import { none } from '../../text/none.ts';
import { isNumber } from '../judge/exact-number.ts';
import type { Cursor } from '../parse/cursor.ts';
import { isMapping, shown } from '../parse/cursor.ts';
import { fields } from '../parse/fields.ts';
import { isMeant } from '../parse/other-words.ts';
import { flag, integer, listOf, scalarText, size, text, word } from '../parse/scalars.ts';
import type { TypeDefaults } from './check-type.ts';
import type { Payload } from './http-payload.ts';
import { payloadKeys, readPayload } from './http-payload.ts';
import type { IdentitySpec, TrustSpec } from './http-tls.ts';
import { readIdentity, readTrust } from './http-tls.ts';
import type { TextPairs } from './text-map.ts';
import { textMap, textPairs } from './text-map.ts';

/** An HTTP request as written. */
export interface RequestSpec {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly query: TextPairs;
  readonly payload: Payload | undefined;
  readonly auth: Auth | undefined;
  readonly follow: boolean;
  readonly maxRedirects: number;
  readonly allowDowngrade: boolean;
  /** Redirects to other origins take body, headers and client certificate along. */
  readonly locationTrusted: boolean;
  /** Send secrets over plain http. */
  readonly allowInsecure: boolean;
  readonly maxBodyBytes: number;
  readonly cookies: Readonly<Record<string, string>>;
  /** The only version to speak. */
  readonly version: '1.1' | '2';
  readonly trust: TrustSpec | undefined;
  readonly identity: IdentitySpec | undefined;
  /** A URL, or `none` to go around the proxy of the environment. */
  readonly proxy: string | undefined;
  /** Query parameters whose values reports do not show. */
  readonly redactQuery: readonly string[];
}

export type Auth =
  | { readonly kind: 'basic'; readonly pair: string }
  | { readonly kind: 'bearer'; readonly token: string };

const keys = [
  'method',
  'url',
  'headers',
  'query',
  ...payloadKeys,
  'auth',
  'follow',
  'max-redirects',
  'allow-downgrade',
  'location-trusted',
  'allow-insecure',
  'max-body',
  'cookies',
  'version',
  'tls',
  'client-cert',
  'proxy',
  'redact-query',
];

const defaultMaxBody = 10 * 1024 * 1024;

/** Reads `GET /path`, `/path`, or a mapping of everything a request may have. */
export function readRequest(at: Cursor, defaults: TypeDefaults): RequestSpec | undefined {
  if (typeof at.value === 'string') return shorthand(at, at.value, defaults);
  const given = fields(at, { what: '`http`', keys });
  if (given === undefined) return undefined;
  const url = given.read('url', text);
  if (!given.has('url')) at.fail('`http` needs a `url`.');
  const plain = getRequest(url ?? '', defaults.follow);
  return {
    ...plain,
    method: given.read('method', method) ?? plain.method,
    headers: given.read('headers', headerMap) ?? plain.headers,
    query: given.read('query', textPairs) ?? plain.query,
    payload: readPayload(given),
    auth: given.read('auth', auth),
    follow: given.read('follow', flag) ?? plain.follow,
    maxRedirects: given.read('max-redirects', integer(0)) ?? plain.maxRedirects,
    allowDowngrade: given.read('allow-downgrade', flag) ?? plain.allowDowngrade,
    locationTrusted: given.read('location-trusted', flag) ?? plain.locationTrusted,
    allowInsecure: given.read('allow-insecure', flag) ?? plain.allowInsecure,
    maxBodyBytes: given.read('max-body', size) ?? plain.maxBodyBytes,
    cookies: given.read('cookies', textMap) ?? plain.cookies,
    version: given.read('version', version) ?? plain.version,
    trust: given.read('tls', readTrust),
    identity: given.read('client-cert', readIdentity),
    proxy: given.read('proxy', text),
    redactQuery: [...(defaults.redactQuery ?? []), ...(given.read('redact-query', listOf(word)) ?? [])],
  };
}

/** One for thousands of requests that have none. */
const noFields: Readonly<Record<string, never>> = {};

/** A plain request to `url`, as the release check makes one. */
export function getRequest(url: string, follow: boolean): RequestSpec {
  return {
    method: 'GET',
    url,
    headers: noFields,
    query: none,
    payload: undefined,
    auth: undefined,
    follow,
    maxRedirects: 10,
    allowDowngrade: false,
    locationTrusted: false,
    allowInsecure: false,
    maxBodyBytes: defaultMaxBody,
    cookies: noFields,
    version: '1.1',
    trust: undefined,
    identity: undefined,
    proxy: undefined,
    redactQuery: none,
  };
}

function shorthand(
  at: Cursor,
  line: string,
  { follow, redactQuery = none }: TypeDefaults,
): RequestSpec | undefined {
  const [, verb, url] = /^(?:([A-Z]+)\s+)?(\S+)$/.exec(line.trim()) ?? [];
  if (url === undefined) {
    const [, lower, path] = /^([a-z]+)\s+(\S+)$/i.exec(line.trim()) ?? [];
    const hint =
      lower === undefined ? '' : ` Write the method in capitals: \`${lower.toUpperCase()} ${path}\`.`;
    return at.fail(
      `\`http\` must be a request such as "GET /health", or a mapping, not ${shown(line)}.${hint}`,
    );
  }
  return { ...getRequest(url, follow), method: verb ?? 'GET', redactQuery };
}

function method(at: Cursor): string | undefined {
  if (typeof at.value === 'string' && /^[A-Z]+$/.test(at.value)) return at.value;
  return at.fail(`\`method\` must be a method in capitals, such as POST, not ${shown(at.value)}.`);
}

function version(at: Cursor): RequestSpec['version'] | undefined {
  const legal = (['1.1', '2'] as const).find((one) => one === String(at.value));
  if (legal !== undefined) return legal;
  const hint =
    String(at.value) === '3'
      ? ' HTTP/3 can be asserted as an offer: `header: { alt-svc: { contains: h3 } }`.'
      : '';
  return at.fail(`\`version\` must be 1.1 or 2, not ${shown(at.value)}.${hint}`);
}

function auth(at: Cursor): Auth | undefined {
  const given = fields(at, { what: '`auth`', keys: ['basic', 'bearer'] });
  if (given === undefined) return undefined;
  const pair = given.read('basic', text);
  const token = given.read('bearer', text);
  const keys = Object.keys(at.value as object);
  const isTold = ['basic', 'bearer'].some((one) => isMeant(one, keys, '`auth`'));
  if (isTold && pair === undefined && token === undefined) return undefined;
  if (given.has('basic') === given.has('bearer'))
    return at.fail('`auth` takes one of `basic` (user:password) and `bearer`.');
  if (pair !== undefined) return { kind: 'basic', pair };
  return token === undefined ? undefined : { kind: 'bearer', token };
}

export function headerMap(at: Cursor): RequestSpec['headers'] | undefined {
  if (!isMapping(at.value)) return at.fail(`\`headers\` must be a mapping, not ${shown(at.value)}.`);
  const headers = new Map<string, string | readonly string[]>();
  for (const [name, value] of Object.entries(at.value)) {
    const values = Array.isArray(value) ? value : [value];
    const wrong = values.find((one) => typeof one !== 'string' && !isNumber(one));
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
      at.child(name, value).fail(`${shown(name)} is not a header name.`, 'key');
    else if (wrong !== undefined)
      at.child(name, value).fail(`The header \`${name}\` must be text, not ${shown(wrong)}.`);
    else headers.set(name.toLowerCase(), Array.isArray(value) ? values.map(scalarText) : scalarText(value));
  }
  return Object.fromEntries(headers);
}
