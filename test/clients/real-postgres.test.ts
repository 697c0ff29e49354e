// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectProxy } from '../support/connect-proxy.ts';
import { findPostgres } from './servers/find-server.ts';
import { oneCheck } from './servers/one-check.ts';
import { freePort, type RunningServer, ServerFolder } from './servers/run-server.ts';

const found = findPostgres();
const password = 'correct horse/battery';
const plain = 'postgres: "${DB}"';

describe.skipIf(found.path === undefined)(
  `a real Postgres${found.why ? ` (skipped: ${found.why})` : ''}`,
  () => {
    const command = found.path ?? '';
    let folder: ServerFolder;
    let server: RunningServer | undefined;
    let certificate: string;
    let port: number;

    const start = async () => {
      const options = ['ssl=on', 'ssl_cert_file=../cert.pem', 'ssl_key_file=../key.pem', 'fsync=off'];
      const args = ['-D', 'data', '-p', String(port), '-h', '127.0.0.1', '-k', ''];
      const settings = options.flatMap((option) => ['-c', option]);
      server = await folder.start(command, [...args, ...settings], 'ready to accept connections');
    };
    const stop = async () => {
      await server?.stop();
      server = undefined;
    };
    const url = (more = '', secret = password, host = '127.0.0.1') =>
      `postgres://app:${encodeURIComponent(secret)}@${host}:${port}/${more}`;

    beforeAll(async () => {
      folder = new ServerFolder();
      port = await freePort();
      certificate = folder.certificate();
      writeFileSync(join(folder.path, 'password'), password);
      folder.run(join(dirname(command), 'initdb'), [
        ...['-D', 'data', '-U', 'app', '--pwfile=password', '--auth=scram-sha-256'],
        ...['--no-sync', '--locale=C', '--encoding=UTF8'],
      ]);
      await start();
    }, 60_000);

    afterAll(async () => {
      await stop();
      folder.remove();
    });

    it('lets us in with the password, and answers', async () => {
      expect(await oneCheck(plain, url('postgres'))).toEqual({
        outcome: 'pass',
        class: undefined,
        summary: 'postgres://HOST/postgres → 1 row',
        failures: [],
      });
    });

    it.each<[string, string, string, string]>([
      [
        'refuses another password',
        'postgres',
        'wrong',
        'login to postgres as app: accepted: 28P01 password authentication failed for user "app"',
      ],
      [
        'has no other database',
        'shop',
        password,
        'login to shop as app: accepted: 3D000 database "shop" does not exist',
      ],
    ])('%s', async (_, database, secret, failure) => {
      expect(await oneCheck(plain, url(database, secret))).toMatchObject({
        outcome: 'fail',
        class: 'assertion',
        failures: [failure],
      });
    });

    it.each<[string, string, string, readonly string[]]>([
      ['rows by their number', 'query: "SELECT generate_series(1, 3)", rows: 3', '', []],
      ['a count as a number', 'query: "SELECT count(*) FROM pg_database"', 'value: { gte: 3 }', []],
      [
        'sums as numbers, text as text',
        'query: "SELECT 1.5::numeric AS n, true AS b, now() AS t"',
        'rows: { each: { has-key: t } }, value: 1.5',
        [],
      ],
      ['documents', `query: "SELECT '{\\"a\\":[1]}'::jsonb"`, 'value: { equals: { a: [1] } }', []],
      ['what is missing', 'query: SELECT 1 WHERE false', '', ['rows: count at least 1: 0 found']],
    ])('answers %s', async (_, query, expected, failures) => {
      const more = expected === '' ? '' : `, expect: { ${expected} }`;
      expect(
        (await oneCheck(`postgres: { url: "\${DB}", ${query} }${more}`, url('postgres'))).failures,
      ).toEqual(failures);
    });

    it.each<[string, string, string, string]>([
      [
        'writes',
        'CREATE TABLE t (n int)',
        'error',
        'query: an answer: 25006 cannot execute CREATE TABLE in a read-only transaction: a check may only read',
      ],
      [
        'leaves its transaction',
        'COMMIT; CREATE TABLE t (n int)',
        'error',
        'query: an answer: 42601 cannot insert multiple commands into a prepared statement',
      ],
      ['is no SQL', 'SELEC 1', 'error', 'query: an answer: 42601 syntax error at or near "SELEC"'],
      [
        'needs what is not there',
        'SELECT * FROM nowhere',
        'fail',
        'query: an answer: 42P01 relation "nowhere" does not exist',
      ],
    ])('refuses a query that %s', async (_, query, outcome, failure) => {
      expect(await oneCheck(`postgres: { url: "\${DB}", query: "${query}" }`, url('postgres'))).toMatchObject(
        {
          outcome,
          failures: [failure],
        },
      );
    });

    it('encrypts with sslmode=require, without knowing the authority', async () => {
      const query = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
      const text = `postgres: { url: "\${DB}", query: "${query}" }, expect: { value: true }`;
      expect((await oneCheck(text, url('postgres?sslmode=require'))).failures).toEqual([]);
    });

    it('proves its name with sslmode=verify-full, once its authority is known', async () => {
      const secure = url('postgres?sslmode=verify-full', password, 'localhost');
      const unknown = await oneCheck(plain, secure);
      const trusted = getCACertificates('default');
      setDefaultCACertificates([...trusted, certificate]);
      try {
        expect([unknown.class, (await oneCheck(plain, secure)).outcome]).toEqual(['tls-verdict', 'pass']);
      } finally {
        setDefaultCACertificates(trusted);
      }
    });

    it('is reached through a proxy by CONNECT', async () => {
      await using proxy = await connectProxy({ kind: 'tunnels', to: port });
      const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
      const there = url('postgres', password, 'db.test').replace(`:${port}`, '');
      expect([(await oneCheck(plain, there, { env })).outcome, proxy.asked]).toEqual([
        'pass',
        ['CONNECT db.test:5432'],
      ]);
    });

    it('fails while it is down, and passes when it is back before the retries end', async () => {
      await stop();
      const down = await oneCheck(plain, url('postgres'));
      const waiting = oneCheck(`${plain}, retry: { until: 20s, interval: 200ms }`, url('postgres'));
      await start();
      expect([down.outcome, down.class, (await waiting).outcome]).toEqual(['fail', 'connect', 'pass']);
    });
  },
);
