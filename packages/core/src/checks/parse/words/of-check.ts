// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import type { Words } from './same.ts';
import { placed, same } from './same.ts';

/** Words in a check, a step, a scenario or the defaults. */
export const ofCheck: Words = {
  ...same('url uri endpoint request get path route link address http-get', type('http', '`http: GET /path`')),
  ...same('post put patch delete head', type('http', '`http: { method: POST, url: /path }`')),
  ...placed(
    'method headers body json form query multipart file auth cookies follow max-redirects proxy client-cert max-body version',
    (word) => `\`${word}\` stands inside \`http\`: \`http: { url: /path, ${word}: … }\`.`,
  ),
  ...same(
    'header',
    'One that is sent is `http: { headers: … }`, one that is asserted `expect: { header: … }`.',
  ),
  ...same(
    'retries retry-count max-retries attempts tries max-attempts repeat failure-threshold',
    'Did you mean `retry`? Write `retry: { attempts: 3 }`.',
  ),
  ...same(
    'interval retry-interval retry-delay period period-seconds backoff every',
    'Did you mean `retry`? Write `retry: { until: 60s, interval: 1s }`.',
  ),
  ...same(
    'until retry-until wait wait-for retry-max-time',
    'Did you mean `retry`? Write `retry: { until: 60s }`.',
  ),
  ...same(
    'success-threshold successes consecutive',
    'Did you mean `window`? Write `window: { successes: 2 }`.',
  ),
  ...same(
    'initial-delay initial-delay-seconds sleep start-period pause',
    'Did you mean `delay`? Write `delay: 10s`.',
  ),
  ...same(
    'timeout-seconds max-time request-timeout deadline',
    'Did you mean `timeout`? Write `timeout: 5s`.',
  ),
  ...same(
    'insecure verify-ssl ssl-verify skip-tls-verify tls-skip-verify skip-verify ignore-https-errors reject-unauthorized',
    'Write `http: { url: /path, tls: { verify: false } }`.',
  ),
  ...same(
    'follow-redirects followlocation location redirect redirects allow-redirects',
    'Write `http: { url: /path, follow: true }`.',
  ),
  ...same(
    'allow-insecure',
    '`allow-insecure` stands inside the type: `http: { url: /path, allow-insecure: true }`.',
  ),
  ...same(
    'status status-code code expected-status expect-status response-code http-status valid-status-codes',
    'Did you mean `expect`? Write `expect: { status: 200 }`.',
  ),
  ...same(
    'assert asserts assertion assertions expects expected expectation expectations should verify validate then conditions matchers response thresholds',
    'Did you mean `expect`? Write `expect: { status: 200 }`.',
  ),
  ...same(
    'contains body-contains expected-body',
    'Did you mean `expect`? Write `expect: { body: { contains: Welcome } }`.',
  ),
  ...same('jsonpath json-path', 'Did you mean `expect`? Write `expect: { jsonpath: { $.status: ok } }`.'),
  ...same(
    'response-time latency duration max-duration max-response-time',
    'Did you mean `expect`? Write `expect: { duration: { lt: 800ms } }`.',
  ),
  ...same(
    'capture captures extract save store register outputs',
    'Only a step of `scenarios` keeps a value: `capture: { id: { jsonpath: $.id } }`.',
  ),
  ...same('variables vars env environment', '`variables` stands at the top of the file, or in a scenario.'),
  ...same(
    'steps depends-on needs after before setup teardown cleanup always finally',
    'Checks know nothing of one another. What runs in order are the `steps` of an item of `scenarios`.',
  ),
  ...same(
    'when only-if condition skip-if unless run-if',
    'Did you mean `if`? Write `if: "${environment} == production"`.',
  ),
  ...same('skip disabled enabled ignore', 'Leave the check out, or select by `tags` or `if`.'),
  ...same(
    'critical required level priority allow-failure continue-on-error optional soft',
    'Did you mean `severity`? Write `severity: advisory`.',
  ),
  ...same('label labels tag group groups', 'Did you mean `tags`? Write `tags: [fast]`.'),
  ...same('id title description desc', 'Did you mean `name`?'),
  ...same('type kind', 'The type is a key of its own: `http: GET /path`.'),
  ...same('command cmd script shell run', type('exec', '`exec: [npx, playwright, test]`')),
  ...same('host port ping tcp-socket socket', type('tcp', '`tcp: { host: mail.example, port: 25 }`')),
  ...same('ssl cert certificate https', type('tls', '`tls: { days-left: { gte: 14 } }`')),
  ...same('ws wss websockets', type('websocket', '`websocket: { url: /live }`')),
  ...same('pg psql postgresql database db sql', type('postgres', '`postgres: { url: "${DATABASE_URL}" }`')),
  ...same('domain nslookup dig', type('dns', '`dns: { name: shop.example }`')),
  ...same('count runs iterations loop loops vus', 'Did you mean `samples`? Write `samples: 50`.'),
};

function type(name: string, example: string): string {
  return `Did you mean \`${name}\`? Write ${example}.`;
}

/** In a step, which keeps values and runs in its turn. */
export const ofStep: Words = {
  ...ofCheck,
  ...same(
    'captures extract save store register outputs set-variable',
    'Did you mean `capture`? Write `capture: { id: { jsonpath: $.id } }`.',
  ),
  ...same('steps depends-on needs after before', 'Steps run in the order they are written.'),
  ...same(
    'always finally cleanup teardown',
    '`finally` stands beside `steps`: its steps run after every pass.',
  ),
  ...placed(
    'tags window watch',
    (word) => `A scenario is selected, held and watched as a whole: \`${word}\` stands beside its \`steps\`.`,
  ),
};

/** Those that are legal in a check, and not for many steps together or for all checks. */
export const ofScenario: Words = {
  ...ofCheck,
  ...placed(
    'http expect assets tls tcp dns grpc websocket postgres redis exec capture samples',
    (word) => `\`${word}\` stands in one of its \`steps\`.`,
  ),
  ...same('checks test tests', 'Did you mean `steps`?'),
  ...same(
    'after after-all after-each teardown tear-down cleanup clean-up always ensure',
    'Did you mean `finally`? Its steps run after every pass, whatever became of the others.',
  ),
  ...same(
    'before before-all before-each setup set-up prepare',
    'Write it as the first of its `steps`: they run in order.',
  ),
};

export const ofDefaults: Words = {
  ...ofCheck,
  ...placed('window watch baseline redact-query', (word) => `\`${word}\` stands at the top of the file.`),
  ...placed('http expect tags if samples', (word) => `Each check says its own \`${word}\`.`),
  ...same('target base-url', 'Write `target: https://shop.example` at the top of the file.'),
};
