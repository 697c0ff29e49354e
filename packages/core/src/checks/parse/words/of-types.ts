// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import type { Words } from './same.ts';
import { placed, same } from './same.ts';

/** Words in the mapping of a type, but for `http`. */
export const ofTypes: Readonly<Record<string, Words>> = {
  '`exec`': {
    ...same('command cmd exec program script args arguments', 'Did you mean `run`?'),
    ...same('cwd dir directory workdir folder', 'Did you mean `working-directory`?'),
    ...same('environment envs variables vars', 'Did you mean `env`?'),
    ...same(
      'exit-status exit-code exit code status return-code rc',
      '`expect` stands beside `exec`: `expect: { exit-code: 0 }`.',
    ),
    ...beside('exec', 'stdout stderr expect timeout retry'),
  },
  '`tcp`': { ...address('tcp', 'a.example:25'), ...same('ssl', 'Did you mean `tls`?') },
  '`tls`': {
    ...address('tls', 'a.example:443'),
    ...same('sni servername', 'Did you mean `server-name`?'),
    ...same(
      'insecure verify verify-ssl skip-verify reject-unauthorized ca cacert',
      'A check of this type looks at the certificate: what it may be stands in `expect`, such as `expect: { trusted: false }`.',
    ),
    ...same(
      'min-days days expires expiry days-remaining',
      'Did you mean `days-left`? Write `days-left: { gte: 14 }`.',
    ),
    ...beside('tls', 'expect timeout retry'),
  },
  '`grpc`': {
    ...address('grpc', 'a.example:443'),
    ...same('insecure plaintext', 'Write `tls: false` for a server in the clear.'),
    ...same('ssl', 'Did you mean `tls`?'),
    ...same('headers header', 'Did you mean `metadata`?'),
    ...beside('grpc', 'expect timeout retry'),
  },
  '`dns`': {
    ...same('host hostname domain query', 'Did you mean `name`?'),
    ...same('resolver nameserver dns-server', 'Did you mean `server`?'),
    ...same('record record-type rrtype', 'Did you mean `type`?'),
    ...beside('dns', 'expect timeout retry'),
  },
  '`websocket`': {
    ...same('uri path address endpoint', 'Did you mean `url`?'),
    ...beside('websocket', 'timeout retry'),
  },
  '`postgres`': {
    ...same('uri dsn connection connection-string address', 'Did you mean `url`?'),
    ...same('sql statement select', 'Did you mean `query`?'),
    ...same(
      'host port user username password database db',
      'All of it is part of `url`: `url: "${DATABASE_URL}"`.',
    ),
    ...beside('postgres', 'expect timeout retry'),
  },
  '`redis`': {
    ...same('uri address dsn', 'Did you mean `url`?'),
    ...same('host port user username password db', 'All of it is part of `url`: `url: "${REDIS_URL}"`.'),
    ...beside('redis', 'expect timeout retry'),
  },
  '`auth`': {
    ...same(
      'user username password pass login basic-auth',
      'Did you mean `basic`? Write `auth: { basic: "${USER}:${PASSWORD}" }`.',
    ),
    ...same('token bearer-token jwt', 'Did you mean `bearer`? Write `auth: { bearer: "${TOKEN}" }`.'),
  },
  '`tls` of a request': {
    ...same(
      'insecure skip-verify verify-ssl reject-unauthorized insecure-skip-verify',
      'Did you mean `verify`? Write `verify: false`.',
    ),
    ...same('cacert ca-file', 'Did you mean `ca`?'),
    ...same('sni servername', 'Did you mean `server-name`?'),
    ...same('cert key client-cert', 'Did you mean `client-cert`? It stands beside `tls`.'),
  },
};

/** A host under another name. */
function address(type: string, example: string): Words {
  return {
    ...same(
      'address url uri target endpoint',
      `Write \`host\` and \`port\`, or the address alone: \`${type}: ${example}\`.`,
    ),
    ...same('hostname', 'Did you mean `host`?'),
  };
}

function beside(type: string, words: string): Words {
  return placed(words, (word) => `\`${word}\` stands beside \`${type}\`, not in it.`);
}
