// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectProxy } from '../support/connect-proxy.ts';
import { findRedis } from './servers/find-server.ts';
import { oneCheck } from './servers/one-check.ts';
import { freePort, type RunningServer, ServerFolder } from './servers/run-server.ts';

const found = findRedis();
const password = 'correct horse/battery';
const plain = 'redis: "${DB}"';

describe.skipIf(found.path === undefined)(
  `a real Redis${found.why ? ` (skipped: ${found.why})` : ''}`,
  () => {
    let folder: ServerFolder;
    let server: RunningServer;
    let certificate: string;
    let port: number;
    let securePort: number;

    const login = (secret: string) => (secret === '' ? '' : `:${encodeURIComponent(secret)}@`);
    const url = (secret: string, database = '') => `redis://${login(secret)}127.0.0.1:${port}${database}`;

    beforeAll(async () => {
      folder = new ServerFolder();
      [port, securePort] = [await freePort(), await freePort()];
      certificate = folder.certificate();
      const tls = [
        '--tls-port',
        String(securePort),
        '--tls-cert-file',
        'cert.pem',
        '--tls-key-file',
        'key.pem',
      ];
      const args = ['--port', String(port), '--bind', '127.0.0.1', '--requirepass', password, '--save', ''];
      const all = [...args, ...tls, '--tls-auth-clients', 'no'];
      server = await folder.start(found.path ?? '', all, 'Ready to accept connections');
    });

    afterAll(async () => {
      await server.stop();
      folder.remove();
    });

    it('lets us in with the password, and answers PONG', async () => {
      expect(await oneCheck(plain, url(password))).toEqual({
        outcome: 'pass',
        class: undefined,
        summary: 'redis://HOST → PONG',
        failures: [],
      });
    });

    it.each<[string, string, string, string]>([
      [
        'refuses another password',
        'wrong',
        '',
        'login: accepted: WRONGPASS invalid username-password pair or user is disabled.',
      ],
      ['refuses nobody', '', '', 'login: accepted: NOAUTH Authentication required.'],
      ['has no such database', password, '/99', 'SELECT: an answer: ERR DB index is out of range'],
    ])('%s', async (_, secret, database, failure) => {
      expect(await oneCheck(plain, url(secret, database))).toMatchObject({
        outcome: 'fail',
        class: 'assertion',
        failures: [failure],
      });
    });

    it('speaks TLS to those who know its authority', async () => {
      const secure = `rediss://${login(password)}localhost:${securePort}/1`;
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
      const there = `redis://${login(password)}cache.test`;
      const judged = await oneCheck('redis: { url: "${DB}", allow-insecure: true }', there, { env });
      expect([judged.outcome, proxy.asked]).toEqual(['pass', ['CONNECT cache.test:6379']]);
    });
  },
);
