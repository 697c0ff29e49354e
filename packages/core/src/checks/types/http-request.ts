import type { Cursor } from '../parse/cursor.ts';
import { isMapping, shown } from '../parse/cursor.ts';
import { fields } from '../parse/fields.ts';
import { flag, integer, size, text } from '../parse/scalars.ts';

/** An HTTP request as written. */
export interface RequestSpec {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly query: Readonly<Record<string, string>>;
  readonly payload: Payload | undefined;
  readonly auth: Auth | undefined;
  readonly follow: boolean;
  readonly maxRedirects: number;
  readonly allowDowngrade: boolean;
  /** Send secrets over plain http. */
  readonly allowInsecure: boolean;
  readonly maxBodyBytes: number;
}

export type Payload =
  | { readonly kind: 'body'; readonly text: string }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'form'; readonly fields: Readonly<Record<string, string>> };

export type Auth =
  | { readonly kind: 'basic'; readonly pair: string }
  | { readonly kind: 'bearer'; readonly token: string };

const keys = [
  'method',
  'url',
  'headers',
  'query',
  'body',
  'json',
  'form',
  'auth',
  'follow',
  'max-redirects',
  'allow-downgrade',
  'allow-insecure',
  'max-body',
];

const defaultMaxBody = 10 * 1024 * 1024;

/** Reads `GET /path`, `/path`, or a mapping of everything a request may have. */
export function readRequest(at: Cursor, defaults: { readonly follow: boolean }): RequestSpec | undefined {
  if (typeof at.value === 'string') return shorthand(at, at.value, defaults.follow);
  const given = fields(at, { what: '`http`', keys, vocabulary: 'http' });
  if (given === undefined) return undefined;
  const url = given.read('url', text);
  if (!given.has('url')) at.fail('`http` needs a `url`.');
  const payload = given.read('json', (one) => ({ kind: 'json' as const, value: one.value }));
  const form = given.read('form', (one) => wrapForm(textMap(one)));
  const body = given.read('body', (one) => wrapBody(text(one)));
  if ([payload, form, body].filter((one) => one !== undefined).length > 1) {
    at.fail('`http` takes one of `body`, `json` and `form`.');
  }
  return {
    method: given.read('method', method) ?? 'GET',
    url: url ?? '',
    headers: given.read('headers', headerMap) ?? {},
    query: given.read('query', textMap) ?? {},
    payload: payload ?? form ?? body,
    auth: given.read('auth', auth),
    follow: given.read('follow', flag) ?? defaults.follow,
    maxRedirects: given.read('max-redirects', integer(0)) ?? 10,
    allowDowngrade: given.read('allow-downgrade', flag) ?? false,
    allowInsecure: given.read('allow-insecure', flag) ?? false,
    maxBodyBytes: given.read('max-body', size) ?? defaultMaxBody,
  };
}

/** A plain request to `url`, as the release check makes one. */
export function getRequest(url: string, follow: boolean): RequestSpec {
  return {
    method: 'GET',
    url,
    headers: {},
    query: {},
    payload: undefined,
    auth: undefined,
    follow,
    maxRedirects: 10,
    allowDowngrade: false,
    allowInsecure: false,
    maxBodyBytes: defaultMaxBody,
  };
}

function shorthand(at: Cursor, line: string, follow: boolean): RequestSpec | undefined {
  const [, verb, url] = /^(?:([A-Z]+)\s+)?(\S+)$/.exec(line.trim()) ?? [];
  if (url === undefined) {
    return at.fail(`\`http\` must be a request such as "GET /health", or a mapping, not ${shown(line)}.`);
  }
  return { ...getRequest(url, follow), method: verb ?? 'GET' };
}

function method(at: Cursor): string | undefined {
  if (typeof at.value === 'string' && /^[A-Z]+$/.test(at.value)) return at.value;
  return at.fail(`\`method\` must be a method in capitals, such as POST, not ${shown(at.value)}.`);
}

function wrapForm(form: Readonly<Record<string, string>> | undefined): Payload | undefined {
  return form === undefined ? undefined : { kind: 'form', fields: form };
}

function wrapBody(body: string | undefined): Payload | undefined {
  return body === undefined ? undefined : { kind: 'body', text: body };
}

function auth(at: Cursor): Auth | undefined {
  const given = fields(at, { what: '`auth`', keys: ['basic', 'bearer'] });
  if (given === undefined) return undefined;
  const pair = given.read('basic', text);
  const token = given.read('bearer', text);
  if (given.has('basic') === given.has('bearer'))
    return at.fail('`auth` takes one of `basic` (user:password) and `bearer`.');
  if (pair !== undefined) return { kind: 'basic', pair };
  return token === undefined ? undefined : { kind: 'bearer', token };
}

/** A mapping to text; numbers and flags are written as the text they look like. */
function textMap(at: Cursor): Readonly<Record<string, string>> | undefined {
  if (!isMapping(at.value)) return at.fail(`\`${at.key}\` must be a mapping, not ${shown(at.value)}.`);
  const entries = Object.entries(at.value);
  for (const [key, value] of entries) {
    if (!['string', 'number', 'boolean'].includes(typeof value))
      at.child(key, value).fail(`\`${key}\` must be text, not ${shown(value)}.`);
  }
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}

export function headerMap(at: Cursor): RequestSpec['headers'] | undefined {
  if (!isMapping(at.value)) return at.fail(`\`headers\` must be a mapping, not ${shown(at.value)}.`);
  const headers: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(at.value)) {
    const values = Array.isArray(value) ? value : [value];
    const wrong = values.find((one) => typeof one !== 'string' && typeof one !== 'number');
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
      at.child(name, value).fail(`${shown(name)} is not a header name.`, 'key');
    else if (wrong !== undefined)
      at.child(name, value).fail(`The header \`${name}\` must be text, not ${shown(wrong)}.`);
    else headers[name.toLowerCase()] = Array.isArray(value) ? values.map(String) : String(value);
  }
  return headers;
}
