// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import dns from 'node:dns';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readProxies } from '../../../packages/core/src/io/http/proxy.ts';
import { check, closeServers } from './loopback.ts';

let resolved: string[] = [];
beforeEach(() => {
  resolved = [];
  const lookup = dns.lookup;
  vi.spyOn(dns, 'lookup').mockImplementation(((host: string, ...others: never[]) => {
    resolved.push(host);
    return (lookup as (...all: unknown[]) => unknown)(host, ...others);
  }) as typeof dns.lookup);
});
afterEach(() => {
  vi.restoreAllMocks();
  closeServers();
});

/** All that a run says of a check on an address that a variable holds, whether it is made or not. */
async function said(text: string, url: string): Promise<string> {
  try {
    return JSON.stringify(await check(text, { variables: { address: url } }));
  } catch (error) {
    const { message = '', details = [] } = error as { message?: string; details?: readonly string[] };
    return [message, ...details].join('\n');
  }
}

const types: Readonly<Record<string, string>> = {
  postgres: '- { name: c, postgres: "${address}", timeout: 300ms }',
  redis: '- { name: c, redis: "${address}", timeout: 300ms }',
  http: '- { name: c, http: "${address}", expect: { status: 200 }, timeout: 300ms }',
  'a path under a target':
    'target: "${address}"\nchecks:\n  - { name: c, http: /live, expect: { status: 200 }, timeout: 300ms }',
  websocket: '- { name: c, websocket: "${address}", timeout: 300ms }',
  tcp: '- { name: c, tcp: "${address}", timeout: 300ms }',
  'tcp, in parts': '- { name: c, tcp: { host: "${address}", port: 1 }, timeout: 300ms }',
  dns: '- { name: c, dns: "${address}", timeout: 300ms }',
  tls: '- { name: c, tls: "${address}", timeout: 300ms }',
  proxy:
    '- { name: c, http: { url: "http://127.0.0.1:9/", proxy: "${address}" }, expect: { status: 200 }, timeout: 300ms }',
};

/** Passwords whose parts are told apart by what would stand behind the host, each with those parts. */
const passwords: readonly (readonly [string, readonly string[]])[] = [
  ['zeb/rafoot', ['zeb', 'rafoot']],
  ['zeb#rafoot', ['zeb', 'rafoot']],
  ['zeb?rafoot', ['zeb', 'rafoot']],
  ['z@zeb/rafoot', ['zeb', 'rafoot']],
  ['z@zeb#rafoot', ['zeb', 'rafoot']],
  ['z@zeb?rafoot', ['zeb', 'rafoot']],
  ['z@zeb?raf=oot', ['zeb', 'raf', 'oot']],
  ['31337#rafoot', ['31337', 'rafoot']],
  ['31337?rafoot', ['31337', 'rafoot']],
];

const schemes: Readonly<Record<string, string>> = {
  postgres: 'postgres',
  redis: 'redis',
  websocket: 'ws',
};

describe('of an address whose password is not percent-encoded no part is told or resolved', () => {
  const rows = Object.keys(types).flatMap((type) =>
    passwords.map(([one, parts]) => [type, one, parts] as const),
  );
  it.each(rows)('%s with %s', async (type, password, parts) => {
    const url = `${schemes[type] ?? 'http'}://monty:${password}@127.0.0.1:9/zoo`;
    const words = await said(types[type] ?? '', url);
    for (const part of [...parts, 'monty', '127.0.0.1:9/zoo']) expect(words).not.toContain(part);
    expect(resolved).toEqual([]);
    expect(words).toMatch(/^The checks cannot be used/);
  });

  it.each(['31337/rafoot', 'zeb/rafoot', 'zeb#rafoot', 'zeb?rafoot'])(
    'a database with %s, also without a user',
    async (password) => {
      for (const [type, url] of [
        ['redis', `redis://:${password}@127.0.0.1:9/0`],
        ['redis', `redis://${password}@127.0.0.1:9/0`],
        ['postgres', `postgres://${password}@127.0.0.1:9/zoo`],
      ] as const) {
        const words = await said(types[type] ?? '', url);
        expect(words).toMatch(/^The checks cannot be used/);
        for (const part of password.split(/\W/)) expect(words).not.toContain(part);
      }
      expect(resolved).toEqual([]);
    },
  );

  it('tells what to do', async () => {
    expect(await said(types.postgres ?? '', 'postgres://monty:z@zeb/rafoot@127.0.0.1:9/zoo')).toContain(
      '`postgres` has a URL with an @ behind its host: special characters of its password must be percent-encoded, / as %2F, ? as %3F, # as %23.',
    );
  });

  it('nor of a proxy', () => {
    const torn = () => readProxies({ HTTPS_PROXY: 'http://monty:31337/rafoot@proxy.example:3128' });
    expect(torn).toThrow('HTTPS_PROXY does not name an http or https proxy');
  });
});

describe('an address goes on to be one', () => {
  it.each([
    ['http', 'http://127.0.0.1:9/@scope/pkg', 'http://127.0.0.1:9/@scope/pkg'],
    ['http', 'http://127.0.0.1:9/users/bob@example.com', 'http://127.0.0.1:9/users/bob@example.com'],
    ['http', 'http://127.0.0.1:9/?email=bob@example.com', 'email=bob@example.com'],
    ['http', 'http://127.0.0.1:9?email=bob@example.com', 'email=bob@example.com'],
    ['http', 'http://127.0.0.1:9/?@bob', '?@bob'],
    ['postgres', 'postgres://monty:z%40zeb%2Frafoot@127.0.0.1:9/zoo', 'postgres://127.0.0.1:9/zoo'],
    ['postgres', 'postgres://monty:z@zeb@127.0.0.1:9/zoo', 'postgres://127.0.0.1:9/zoo'],
    ['redis', 'redis://:z%23eb@127.0.0.1:9/0', 'redis://127.0.0.1:9/0'],
  ])('%s: %s', async (type, url, shown) => {
    const words = await said(types[type] ?? '', url);
    expect(words).toContain('ECONNREFUSED');
    expect(words).toContain(shown);
    expect(words).not.toContain('zeb');
  });
});

describe('what is no address is named, where nothing in it can be a password', () => {
  it.each([
    ['tcp', 'a b', '"a b" is not a host name.'],
    ['http', 'ftp://files.example/', '"ftp://files.example/" is neither http nor https.'],
    ['websocket', 'ftp://files.example/', '"ftp://files.example/" is neither ws nor wss.'],
    ['http', '/@live', '"/@live" is relative and there is no target.'],
    ['http', 'monty@zoo', 'An address that is not shown here, since it has an @, is relative'],
  ])('%s: %s', async (type, url, message) => {
    expect(await said(types[type] ?? '', url)).toContain(message);
  });
});
