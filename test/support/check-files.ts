// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language

/** A file around one check, written in YAML's flow form. */
const one = (check: string) => `version: 1\nchecks:\n  - ${check}\n`;
const http = (more: string) => one(`{ name: a, http: /, ${more} }`);
const ok = 'expect: { status: 200 }';

/** Check files that are right, by what they show. */
export const goodFiles: Readonly<Record<string, string>> = {
  'a path': http(ok),
  'a method and a path': one(`{ name: a, http: GET /x, ${ok} }`),
  'a request in full': one(
    `{ name: a, http: { method: POST, url: /x, headers: { a: b, c: [d, e] }, query: { q: 1 }, json: { a: [1] }, auth: { bearer: x }, follow: true, max-redirects: 3, max-body: 1 MiB }, ${ok} }`,
  ),
  'a form': one(`{ name: a, http: { url: /, form: { a: 1 } }, ${ok} }`),
  'a range of statuses': http('expect: { status: 200-299 }'),
  'a list of statuses': http('expect: { status: { in: [200, 204, 300-304] } }'),
  'predicates of every kind': http(
    'expect: { jsonpath: { $.a: ok, $.b: { gte: 1 }, $.c: { between: [1, 2] }, $.d: { exists: false }, $.e: { count: { gte: 1 } }, $.f: { type: uuid }, $.g: { each: { gt: 0 } }, $.h: { any: { equals: 1 } }, $.i: { has-key: k }, $.j: null } }',
  ),
  'text predicates': http(
    'expect: { body: { contains: W, not-matches: /exception/i, starts-with: "<", ends-with: ">", empty: false } }',
  ),
  'a header': http('expect: { header: { content-type: { contains: text/html } } }'),
  'a duration': http('expect: { duration: { lt: 800ms } }'),
  timing: http(
    `${ok}, timeout: 1.5s, connect-timeout: 500ms, delay: 0, retry: { until: 1m30s, attempts: 3, interval: 1s, backoff: 1.5, max-interval: 10s, jitter: 10%, on: [gateway], unsafe: true, tls: true }, window: { successes: 3, interval: 5s, hold: strict }`,
  ),
  'tags and severity': one(
    `{ name: a, tags: [fast], http: /, ${ok} }\n  - { name: b, severity: advisory, http: /, ${ok} }`,
  ),
  'everything at the top': `version: 1
target: "\${url}"
defaults: { timeout: 5s, follow: true, retry: { until: 90s } }
variables: { tenant: demo, count: 3 }
secrets: [API_TOKEN]
release: { path: /version.json, jsonpath: $.commit, equals: "\${sha}", match: prefix }
window: { successes: 3, interval: 5s }
concurrency: 4
checks: [{ name: a, http: "/\${tenant}", ${ok} }]
`,
  'a release alone': 'version: 1\nrelease: { header: x-commit }\n',
  'no release': `version: 1\nrelease: none\nchecks: [{ name: a, http: /, ${ok} }]\n`,
  'a certificate': one('{ name: a, tls: { host: shop.example, days-left: { gte: 14 }, min-version: 1.2 } }'),
  'a dialogue': one('{ name: a, tcp: { host: mail.example, port: 25, expect: "220", steps: [] } }').replace(
    ', steps: []',
    '',
  ),
  'a name': one('{ name: a, dns: shop.example }'),
  'the target’s own name': one('{ name: a, dns: { type: AAAA } }'),
  'ways to a host': `version: 1\ndefaults: { ip: 4, resolve: ["a.example:443:203.0.113.7"] }\nchecks: [{ name: a, tcp: { host: a.example, port: "443" }, resolve: ["a.example:443:203.0.113.8", "b.example:80:203.0.113.9"] }]\n`,
  'a health service': one('{ name: a, grpc: { host: api.example, port: 443, tls: true, service: shop } }'),
  'a socket': one('{ name: a, websocket: { url: /live, send: ping, expect: pong } }'),
  'a database': one(
    '{ name: a, postgres: { url: "${DATABASE_URL}", query: SELECT 1, rows: { gte: 1 } } }',
  ).replace('checks:', 'secrets: [DATABASE_URL]\nchecks:'),
  'a cache': one('{ name: a, redis: "${REDIS_URL}" }').replace('checks:', 'secrets: [REDIS_URL]\nchecks:'),
  'a page’s assets': one('{ name: a, assets: { url: /, css: true, limit: 50 } }'),
  'a program': one('{ name: a, exec: [npx, playwright, test] }'),
  'a command in a machine': one(
    '{ name: a, fly-machines: { exec: [bin/check, "1"], group: worker, expect: { stdout: { contains: ok } } }, expect: { stderr: { empty: true } } }',
  ),
  'Fly’s own checks': one('{ name: a, fly-machines: { machines: { gte: 2 } } }'),
  'a soak': `version: 1\nwatch: { for: 10m, interval: 15s, failure-limit: 2 }\nchecks: [{ name: a, http: /, ${ok} }]\n`,
  'a comparison with the last release': `version: 1\nbaseline: { from: last-verified, metric: p95, tolerance: 25%, floor: 50ms }\nchecks: [{ name: a, http: /, samples: 50, expect: { status: 200, p95: { lt: 1s } } }]\n`,
  'a scenario': `version: 1
scenarios:
  - name: sign in
    steps:
      - name: log in
        http: { method: POST, url: /login, json: { user: a } }
        expect: { status: 200 }
        capture: { token: { jsonpath: $.token, redact: true } }
      - { name: me, http: { url: /me, auth: { bearer: "\${token}" } }, expect: { status: 200 } }
`,
  'a condition': http(`${ok}, if: "\${environment} == production"`),
  'a chain of filters': http('expect: { status: 200, all: [{ header: x-servers, split: ",", count: 2 }] }'),
  'a schema of the answer': http('expect: { schema: { type: object } }'),
  'a range of versions': http('expect: { jsonpath: { $.version: { semver: ^2.1 } } }'),
};

/** Check files that are wrong, by what is wrong with them. */
export const badFiles: Readonly<Record<string, string>> = {
  'no version': `checks: [{ name: a, http: /, ${ok} }]\n`,
  'another version': `version: 2\nchecks: [{ name: a, http: /, ${ok} }]\n`,
  'no checks': 'version: 1\n',
  'an empty list of checks': 'version: 1\nchecks: []\n',
  'an unknown key at the top': `version: 1\ncheks: []\nchecks: [{ name: a, http: /, ${ok} }]\n`,
  'a check without a name': one(`{ http: /, ${ok} }`),
  'an unknown key of a check': http(`${ok}, timout: 5s`),
  'a check without a type': one(`{ name: a, ${ok} }`),
  'two types': one(`{ name: a, http: /, tls: a.example, ${ok} }`),
  'no assertion': one('{ name: a, http: / }'),
  'an empty expect': http('expect: {}'),
  'an unknown source': http('expect: { statos: 200 }'),
  'an unknown predicate': http('expect: { body: { contain: x } }'),
  'an empty mapping of predicates': http('expect: { body: {} }'),
  'a duration without a unit': http(`${ok}, timeout: 5`),
  'a duration in quotes without a unit': http(`${ok}, retry: { until: "60" }`),
  'a duration compared with a number': http('expect: { duration: { lt: 800 } }'),
  'a body that is a number': http('expect: { body: 200 }'),
  'a status that is a word': http('expect: { status: good }'),
  'a header without a predicate': http('expect: { header: content-type }'),
  'between without two': http('expect: { jsonpath: { $.a: { between: [1] } } }'),
  'an empty list of values': http('expect: { status: { in: [] } }'),
  'exists that is no flag': http('expect: { jsonpath: { $.a: { exists: maybe } } }'),
  'a count that is text': http('expect: { jsonpath: { $.a: { count: many } } }'),
  'an unknown type of value': http('expect: { jsonpath: { $.a: { type: text } } }'),
  'an unknown severity': http(`${ok}, severity: minor`),
  'an unknown class of failure': http(`${ok}, retry: { until: 1s, on: [weather] }`),
  'a backoff below one': http(`${ok}, retry: { until: 1s, backoff: 0.5 }`),
  'a jitter without a percent sign': http(`${ok}, retry: { until: 1s, jitter: 0.1 }`),
  'no attempts': http(`${ok}, retry: { attempts: 0 }`),
  'no successes': http(`${ok}, window: { successes: 0 }`),
  'a window that holds otherwise': http(`${ok}, window: { hold: loosely }`),
  'a request without an address': one(`{ name: a, http: { method: GET }, ${ok} }`),
  'a method in small letters': one(`{ name: a, http: { url: /, method: get }, ${ok} }`),
  'a request in three words': one(`{ name: a, http: "GET / HTTP/1.1", ${ok} }`),
  'a version that is not spoken': one(`{ name: a, http: { url: /, version: 1.0 }, ${ok} }`),
  'a protocol that has no way to TLS': one('{ name: a, tcp: { host: a, port: 1, starttls: http } }'),
  'a code that DNS does not have': one('{ name: a, dns: { name: a.example, rcode: OK } }'),
  'a source of another type': one('{ name: a, dns: a.example, expect: { count: 2 } }'),
  'a command beside facts of machines': one('{ name: a, fly-machines: { exec: [a], machines: 2 } }'),
  'a fact of machines, of a command': one(
    '{ name: a, fly-machines: { exec: [a] }, expect: { machines: 2 } }',
  ),
  'a fact of a command, of machines': one('{ name: a, fly-machines: true, expect: { stdout: ok } }'),
  'two bodies': one(`{ name: a, http: { url: /, json: {}, body: x }, ${ok} }`),
  'two kinds of auth': one(`{ name: a, http: { url: /, auth: { basic: "a:b", bearer: c } }, ${ok} }`),
  'a size without a unit': one(`{ name: a, http: { url: /, max-body: 100 }, ${ok} }`),
  'secrets with values': `version: 1\nsecrets: ["A=b"]\nchecks: [{ name: a, http: /, ${ok} }]\n`,
  'a variable that is a list': `version: 1\nvariables: { a: [1] }\nchecks: [{ name: a, http: /, ${ok} }]\n`,
  'a variable with an illegal name': `version: 1\nvariables: { "a b": 1 }\nchecks: [{ name: a, http: /, ${ok} }]\n`,
  'a release that is said nowhere': 'version: 1\nrelease: { path: /version.json }\n',
  'a release that is said twice': 'version: 1\nrelease: { jsonpath: $.a, header: x-a }\n',
  'tags that are no list': http(`${ok}, tags: fast`),
  'no room for attempts': `version: 1\nconcurrency: 0\nchecks: [{ name: a, http: /, ${ok} }]\n`,
};
