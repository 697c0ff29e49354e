// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import type { Words } from './same.ts';
import { placed, same } from './same.ts';

/** Words in `expect`. */
export const ofExpect: Words = {
  ...same('status-code code response-code http-status http-code statuses', 'Did you mean `status`?'),
  ...same('headers response-headers', 'Did you mean `header`?'),
  ...placed(
    'content-type location cache-control server etag content-encoding',
    (word) => `Write \`header: { ${word}: … }\`.`,
  ),
  ...same(
    'json-path json-paths jsonpaths jq path',
    'Did you mean `jsonpath`? Write `jsonpath: { $.status: ok }`.',
  ),
  ...same('json-schema jsonschema', 'Did you mean `schema`?'),
  ...same(
    'text content html data string response-body body-text response',
    'Did you mean `body`? Write `body: { contains: Welcome }`.',
  ),
  ...placed(
    'contains equals matches starts-with ends-with regex not-contains body-contains',
    (word) =>
      `What is read comes first: \`body: { ${word.replace(/^body-/, '').replace('regex', 'matches')}: … }\`.`,
  ),
  ...same(
    'response-time response-time-ms latency time time-total max-time elapsed timing took max-duration',
    'Did you mean `duration`? Write `duration: { lt: 800ms }`.',
  ),
  ...same('ttfb time-starttransfer', 'Did you mean `first-byte`?'),
  ...same('time-namelookup', 'Did you mean `dns`?'),
  ...same('time-connect', 'Did you mean `connect`?'),
  ...same('time-appconnect', 'Did you mean `tls`?'),
  ...same(
    'size length content-length body-size size-download',
    'Did you mean `bytes`? Write `bytes: { count: { lt: 100000 } }`.',
  ),
  ...same('checksum hash sha-256', 'Did you mean `sha256`?'),
  ...same('cookies set-cookie', 'Did you mean `cookie`?'),
  ...same(
    'redirect redirect-url final-url effective-url url-effective',
    'Did you mean `url`, the last address, or `redirects`?',
  ),
  ...same(
    'cert ssl certificate-expiry cert-expiry days-left expires',
    'Did you mean `certificate`? Write `certificate: { days-left: { gte: 14 } }`.',
  ),
  ...same('protocol version http-protocol', 'Did you mean `http-version`?'),
  ...same('remote-ip remote-address ip-address', 'Did you mean `ip`?'),
  ...same('xpath css selector', 'HTML is read as text: `body: { matches: /<h1>Welcome/ }`.'),
  ...same('variable variables captures', 'Did you mean `capture`? Only steps of `scenarios` have it.'),
  ...same('exit-status exit return-code rc exitcode', 'Did you mean `exit-code`?'),
  ...same('output', 'Did you mean `stdout`?'),
  ...placed(
    'timeout retry name severity tags samples window delay',
    (word) => `\`${word}\` stands beside \`expect\`, not in it.`,
  ),
};
