// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { describe, expect, it } from 'vitest';
import { parserProblems } from '../../support/checks-schema.ts';

describe('a newcomer writes in expect', () => {
  const file = (it: string) => `- { name: a, http: /, expect: { ${it} } }`;

  it.each<[string, ...string[]]>([
    ['status-code: 200', 'checks:1:33: Unknown key `status-code` in `expect`. Did you mean `status`?'],
    ['statusCode: 200', 'checks:1:33: Unknown key `statusCode` in `expect`. Did you mean `status`?'],
    ['headers: { server: x }', 'checks:1:33: Unknown key `headers` in `expect`. Did you mean `header`?'],
    [
      'content-type: text/html',
      'checks:1:33: Unknown key `content-type` in `expect`. Write `header: { content-type: … }`.',
    ],
    [
      'json-path: { $.a: 1 }',
      'checks:1:33: Unknown key `json-path` in `expect`. Did you mean `jsonpath`? Write `jsonpath: { $.status: ok }`.',
    ],
    [
      'text: Welcome',
      'checks:1:33: Unknown key `text` in `expect`. Did you mean `body`? Write `body: { contains: Welcome }`.',
    ],
    [
      'contains: Welcome',
      'checks:1:33: Unknown key `contains` in `expect`. What is read comes first: `body: { contains: … }`.',
    ],
    [
      'regex: Welcome',
      'checks:1:33: Unknown key `regex` in `expect`. What is read comes first: `body: { matches: … }`.',
    ],
    [
      'response-time: { lt: 300ms }',
      'checks:1:33: Unknown key `response-time` in `expect`. Did you mean `duration`? Write `duration: { lt: 800ms }`.',
    ],
    [
      'time_total: 1',
      'checks:1:33: Unknown key `time_total` in `expect`. Did you mean `duration`? Write `duration: { lt: 800ms }`.',
    ],
    ['ttfb: { lt: 300ms }', 'checks:1:33: Unknown key `ttfb` in `expect`. Did you mean `first-byte`?'],
    [
      'size: 1000',
      'checks:1:33: Unknown key `size` in `expect`. Did you mean `bytes`? Write `bytes: { count: { lt: 100000 } }`.',
    ],
    ['hash: x', 'checks:1:33: Unknown key `hash` in `expect`. Did you mean `sha256`?'],
    [
      'xpath: //h1',
      'checks:1:33: Unknown key `xpath` in `expect`. HTML is read as text: `body: { matches: /<h1>Welcome/ }`.',
    ],
    [
      'cert-expiry: 14',
      'checks:1:33: Unknown key `cert-expiry` in `expect`. Did you mean `certificate`? Write `certificate: { days-left: { gte: 14 } }`.',
    ],
    [
      'days-left: 14',
      'checks:1:33: Unknown key `days-left` in `expect`. Did you mean `certificate`? Write `certificate: { days-left: { gte: 14 } }`.',
    ],
    ['version: 2', 'checks:1:33: Unknown key `version` in `expect`. Did you mean `http-version`?'],
    [
      'timeout: 5s',
      'checks:1:33: Unknown key `timeout` in `expect`. `timeout` stands beside `expect`, not in it.',
    ],
    ['cookies: {}', 'checks:1:33: Unknown key `cookies` in `expect`. Did you mean `cookie`?'],
    ['status: 2xx', 'checks:1:41: A status is a number or a range. Write 200-299 for "2xx".'],
    ['status: [200, 204]', 'checks:1:41: One of several is written { in: [200,204] }, not [200,204].'],
    ['status: "200"', 'checks:1:41: A status is a number. Write 200 without quotes, not "200".'],
    [
      'status: { one-of: [200] }',
      'checks:1:43: Unknown predicate `one-of`. Did you mean `in`? To compare with an object, use `equals`.',
    ],
    [
      'duration: { less-than: 300ms }',
      'checks:1:45: Unknown predicate `less-than`. Did you mean `lt`? To compare with an object, use `equals`.',
    ],
    [
      'body: { regexp: Welcome }',
      'checks:1:41: Unknown predicate `regexp`. Did you mean `matches`? To compare with an object, use `equals`.',
    ],
    [
      'body: { not: x }',
      'checks:1:41: Unknown predicate `not`. Did you mean `not-equals`? To compare with an object, use `equals`.',
    ],
    [
      'jsonpath: { $.a: { atLeast: 1 } }',
      'checks:1:52: Unknown predicate `atLeast`. Did you mean `gte`? To compare with an object, use `equals`.',
    ],
  ])('%s', async (written, ...messages) => {
    expect(await parserProblems(file(written))).toEqual(messages);
  });
});

describe('a newcomer writes in http', () => {
  const file = (it: string) => `- { name: a, http: { url: /, ${it} }, expect: { status: 200 } }`;

  it.each<[string, ...string[]]>([
    ['uri: /', 'checks:1:30: Unknown key `uri` in `http`. Did you mean `url`?'],
    ['verb: POST', 'checks:1:30: Unknown key `verb` in `http`. Did you mean `method`?'],
    ['header: { a: b }', 'checks:1:30: Unknown key `header` in `http`. Did you mean `headers`?'],
    ['user-agent: x', 'checks:1:30: Unknown key `user-agent` in `http`. Write `headers: { user-agent: … }`.'],
    ['params: { a: 1 }', 'checks:1:30: Unknown key `params` in `http`. Did you mean `query`?'],
    ['data: x', 'checks:1:30: Unknown key `data` in `http`. Did you mean `body`, or `json`?'],
    [
      'user: "me:pw"',
      'checks:1:30: Unknown key `user` in `http`. Did you mean `auth`? Write `auth: { basic: "${USER}:${PASSWORD}" }`.',
    ],
    [
      'token: x',
      'checks:1:30: Unknown key `token` in `http`. Did you mean `auth`? Write `auth: { bearer: "${TOKEN}" }`.',
    ],
    ['insecure: true', 'checks:1:30: Unknown key `insecure` in `http`. Write `tls: { verify: false }`.'],
    ['verify: false', 'checks:1:30: Unknown key `verify` in `http`. Write `tls: { verify: false }`.'],
    ['cacert: ca.pem', 'checks:1:30: Unknown key `cacert` in `http`. Write `tls: { ca: ca.pem }`.'],
    [
      'location: true',
      'checks:1:30: Unknown key `location` in `http`. Did you mean `follow`? Write `follow: true`.',
    ],
    ['max-redirs: 3', 'checks:1:30: Unknown key `max-redirs` in `http`. Did you mean `max-redirects`?'],
    ['cookie: a=b', 'checks:1:30: Unknown key `cookie` in `http`. Did you mean `cookies`?'],
    [
      'http2: true',
      'checks:1:30: Unknown key `http2` in `http`. Did you mean `version`? Write `version: 2`.',
    ],
    [
      'timeout: 5s',
      'checks:1:30: Unknown key `timeout` in `http`. `timeout` stands beside `http`, not in it.',
    ],
    ['retries: 3', 'checks:1:30: Unknown key `retries` in `http`. `retry` stands beside `http`, not in it.'],
    ['upload: a.bin', 'checks:1:30: Unknown key `upload` in `http`. Did you mean `file`?'],
    [
      'auth: "me:pw"',
      'checks:1:36: `auth` must be a mapping such as { basic: "${USER}:${PASSWORD}" } or { bearer: "${TOKEN}" }, not "me:pw".',
    ],
  ])('%s', async (written, ...messages) => {
    expect(await parserProblems(file(written))).toEqual(messages);
  });
});
