// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { describe, expect, it } from 'vitest';
import { parserProblems } from '../../support/checks-schema.ts';

describe('a newcomer writes in a check', () => {
  const file = (it: string) => `- { name: a, http: /, ${it}, expect: { status: 200 } }`;

  it.each<[string, ...string[]]>([
    [
      'retries: 3',
      'checks:1:23: Unknown key `retries` in a check. Did you mean `retry`? Write `retry: { attempts: 3 }`.',
    ],
    [
      'max_attempts: 3',
      'checks:1:23: Unknown key `max_attempts` in a check. Did you mean `retry`? Write `retry: { attempts: 3 }`.',
    ],
    [
      'interval: 2s',
      'checks:1:23: Unknown key `interval` in a check. Did you mean `retry`? Write `retry: { until: 60s, interval: 1s }`.',
    ],
    [
      'timeoutSeconds: 5',
      'checks:1:23: Unknown key `timeoutSeconds` in a check. Did you mean `timeout`? Write `timeout: 5s`.',
    ],
    [
      'periodSeconds: 5',
      'checks:1:23: Unknown key `periodSeconds` in a check. Did you mean `retry`? Write `retry: { until: 60s, interval: 1s }`.',
    ],
    [
      'failureThreshold: 3',
      'checks:1:23: Unknown key `failureThreshold` in a check. Did you mean `retry`? Write `retry: { attempts: 3 }`.',
    ],
    [
      'successThreshold: 2',
      'checks:1:23: Unknown key `successThreshold` in a check. Did you mean `window`? Write `window: { successes: 2 }`.',
    ],
    [
      'initialDelaySeconds: 3',
      'checks:1:23: Unknown key `initialDelaySeconds` in a check. Did you mean `delay`? Write `delay: 10s`.',
    ],
    [
      'max-time: 5s',
      'checks:1:23: Unknown key `max-time` in a check. Did you mean `timeout`? Write `timeout: 5s`.',
    ],
    [
      'retry-max-time: 60s',
      'checks:1:23: Unknown key `retry-max-time` in a check. Did you mean `retry`? Write `retry: { until: 60s }`.',
    ],
    [
      'connect_timeout: 3s',
      'checks:1:23: Unknown key `connect_timeout` in a check. Did you mean `connect-timeout`?',
    ],
    [
      'method: POST',
      'checks:1:23: Unknown key `method` in a check. `method` stands inside `http`: `http: { url: /path, method: … }`.',
    ],
    [
      'headers: { accept: "*/*" }',
      'checks:1:23: Unknown key `headers` in a check. `headers` stands inside `http`: `http: { url: /path, headers: … }`.',
    ],
    [
      'follow-redirects: true',
      'checks:1:23: Unknown key `follow-redirects` in a check. Write `http: { url: /path, follow: true }`.',
    ],
    [
      'insecure: true',
      'checks:1:23: Unknown key `insecure` in a check. Write `http: { url: /path, tls: { verify: false } }`.',
    ],
    [
      'verify_ssl: false',
      'checks:1:23: Unknown key `verify_ssl` in a check. Write `http: { url: /path, tls: { verify: false } }`.',
    ],
    [
      'captures: { t: { jsonpath: $.t } }',
      'checks:1:23: Unknown key `captures` in a check. Only a step of `scenarios` keeps a value: `capture: { id: { jsonpath: $.id } }`.',
    ],
    [
      'response-time: 300ms',
      'checks:1:23: Unknown key `response-time` in a check. Did you mean `expect`? Write `expect: { duration: { lt: 800ms } }`.',
    ],
    [
      'optional: true',
      'checks:1:23: Unknown key `optional` in a check. Did you mean `severity`? Write `severity: advisory`.',
    ],
    [
      'when: x',
      'checks:1:23: Unknown key `when` in a check. Did you mean `if`? Write `if: "${environment} == production"`.',
    ],
    ['id: a', 'checks:1:23: Unknown key `id` in a check. Did you mean `name`?'],
    [
      'labels: [a]',
      'checks:1:23: Unknown key `labels` in a check. Did you mean `tags`? Write `tags: [fast]`.',
    ],
    [
      'steps: []',
      'checks:1:23: Unknown key `steps` in a check. Checks know nothing of one another. What runs in order are the `steps` of an item of `scenarios`.',
    ],
    [
      'iterations: 50',
      'checks:1:23: Unknown key `iterations` in a check. Did you mean `samples`? Write `samples: 50`.',
    ],
    [
      '<<: { timeout: 5s }',
      'checks:1:23: Unknown key "<<" in a check. Merge keys are not read. Write what checks share under `defaults`, or repeat it.',
    ],
    ['retry: 3', 'checks:1:30: `retry` must be a mapping such as { attempts: 3 }, not 3.'],
    ['retry: 60s', 'checks:1:30: `retry` must be a mapping such as { until: 60s }, not "60s".'],
    ['retry: true', 'checks:1:30: `retry` must be a mapping such as { attempts: 3 }, not true.'],
    ['window: 3', 'checks:1:31: `window` must be a mapping such as { successes: 3 }, not 3.'],
    [
      'watch: 10m',
      'checks:1:30: `watch` of a check must be a mapping such as { failure-limit: 2 }, not "10m".',
    ],
  ])('%s', async (written, ...messages) => {
    expect(await parserProblems(file(written))).toEqual(messages);
  });
});

describe('a newcomer writes for the type or for expect', () => {
  const file = (it: string) => `- { name: a, ${it} }`;

  it.each<[string, ...string[]]>([
    [
      'url: /health',
      'checks:1:14: Unknown key `url` in a check. Did you mean `http`? Write `http: GET /path`.',
    ],
    [
      'request: GET /',
      'checks:1:14: Unknown key `request` in a check. Did you mean `http`? Write `http: GET /path`.',
    ],
    [
      'httpGet: { path: / }',
      'checks:1:14: Unknown key `httpGet` in a check. Did you mean `http`? Write `http: GET /path`.',
    ],
    [
      'tcpSocket: { port: 25 }',
      'checks:1:14: Unknown key `tcpSocket` in a check. Did you mean `tcp`? Write `tcp: { host: mail.example, port: 25 }`.',
    ],
    [
      'command: npm test',
      'checks:1:14: Unknown key `command` in a check. Did you mean `exec`? Write `exec: [npx, playwright, test]`.',
    ],
    [
      'type: http',
      'checks:1:14: Unknown key `type` in a check. The type is a key of its own: `http: GET /path`.',
    ],
    [
      'ssl: shop.example',
      'checks:1:14: Unknown key `ssl` in a check. Did you mean `tls`? Write `tls: { days-left: { gte: 14 } }`.',
    ],
    [
      'postgresql: "x"',
      'checks:1:14: Unknown key `postgresql` in a check. Did you mean `postgres`? Write `postgres: { url: "${DATABASE_URL}" }`.',
    ],
    [
      'http: /, status: 200',
      'checks:1:23: Unknown key `status` in a check. Did you mean `expect`? Write `expect: { status: 200 }`.',
    ],
    [
      'http: /, asserts: [status == 200]',
      'checks:1:23: Unknown key `asserts` in a check. Did you mean `expect`? Write `expect: { status: 200 }`.',
    ],
    [
      'http: /, should: { status: 200 }',
      'checks:1:23: Unknown key `should` in a check. Did you mean `expect`? Write `expect: { status: 200 }`.',
    ],
    [
      'http: /, expect: status == 200',
      'checks:1:31: `expect` must be a mapping such as { status: 200 }, not "status == 200".',
    ],
    [
      'http: /, expect: status != 500',
      'checks:1:31: `expect` must be a mapping such as { status: { not-equals: 500 } }, not "status != 500".',
    ],
    [
      'http: /, expect: body contains Welcome',
      'checks:1:31: `expect` must be a mapping such as { body: { contains: Welcome } }, not "body contains Welcome".',
    ],
    ['http: /, expect: 200', 'checks:1:31: `expect` must be a mapping such as { status: 200 }, not 200.'],
    [
      'http: /, expect: [status == 200]',
      'checks:1:31: `expect` must be a mapping such as { status: 200 }, not ["status == 200"].',
    ],
    ['http: /, expect: ok', 'checks:1:31: `expect` must be a mapping such as { status: 200 }, not "ok".'],
  ])('%s', async (written, ...messages) => {
    expect(await parserProblems(file(written))).toEqual(messages);
  });
});

describe('a newcomer writes in retry', () => {
  const file = (it: string) => `- { name: a, http: /, retry: { ${it} }, expect: { status: 200 } }`;

  it.each<[string, ...string[]]>([
    ['count: 3', 'checks:1:32: Unknown key `count` in `retry`. Did you mean `attempts`?'],
    ['max-attempts: 3', 'checks:1:32: Unknown key `max-attempts` in `retry`. Did you mean `attempts`?'],
    ['delay: 2s', 'checks:1:32: Unknown key `delay` in `retry`. Did you mean `interval`?'],
    [
      'timeout: 60s',
      'checks:1:32: Unknown key `timeout` in `retry`. Did you mean `until`? Write `until: 60s`.',
    ],
    [
      'multiplier: 2',
      'checks:1:32: Unknown key `multiplier` in `retry`. Did you mean `backoff`? Write `backoff: 1.5`.',
    ],
    [
      'all-errors: true',
      'checks:1:32: Unknown key `all-errors` in `retry`. Did you mean `unsafe`? It also repeats POST and PATCH.',
    ],
  ])('%s', async (written, ...messages) => {
    expect(await parserProblems(file(written))).toEqual(messages);
  });
});
