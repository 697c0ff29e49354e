// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { afterEach, describe, expect, it } from 'vitest';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, refusingUrl, serveSocket } from './loopback.ts';
import { closeSockets, serveDns, serveHealth } from './small-servers.ts';

afterEach(() => {
  closeServers();
  closeSockets();
});

const passed = { outcome: 'pass' };
const portOf = (url: string) => new URL(url).port;

describe('a variable may be the whole address', () => {
  it.each<[string, (port: string) => string, string]>([
    ['of tcp', (port) => `127.0.0.1:${port}`, '- { name: c, tcp: "${at}" }'],
    ['of tcp, with blanks around', (port) => ` 127.0.0.1:${port}\n`, '- { name: c, tcp: "${at}" }'],
    ['of tcp, as its host', (port) => `127.0.0.1:${port}`, '- { name: c, tcp: { host: "${at}" } }'],
    [
      'of tcp, as the address of a site',
      (port) => `http://127.0.0.1:${port}/x`,
      '- { name: c, tcp: "${at}" }',
    ],
  ])('%s', async (_, address, text) => {
    const at = address(portOf(await serveSocket(() => {})));
    expect(await lastAttempt(text, { variables: { at } })).toMatchObject(passed);
  });

  it.each<[string, string, string]>([
    ['a host alone', 'shop.example', 'TLS shop.example:443'],
    ['a host with its port', 'shop.example:8443', 'TLS shop.example:8443'],
    ['IPv6', '::1', 'TLS [::1]:PORT'],
    ['IPv6 with a port', '[::1]:8443', 'TLS [::1]:PORT'],
    ['a site', 'https://shop.example/a/@b', 'TLS shop.example:443'],
  ])('of tls: %s', async (_, at, summary) => {
    const options = { variables: { at }, env: { https_proxy: await refusingUrl() } };
    expect((await lastAttempt('- { name: c, tls: "${at}" }', options)).summary).toMatch(`${summary} → `);
  });

  it('of grpc', async () => {
    const at = `127.0.0.1:${await serveHealth({})}`;
    expect(
      await lastAttempt('- { name: c, grpc: { host: "${at}", tls: false } }', { variables: { at } }),
    ).toMatchObject(passed);
  });

  it.each(['shop.example', 'shop.example:443', 'https://shop.example/live'])('of dns: %s', async (at) => {
    const answer = { type: 'A', name: 'shop.example', ttl: 60, data: '192.0.2.1' } as const;
    const server = `127.0.0.1:${(await serveDns({ answers: [answer] })).port}`;
    const attempt = await lastAttempt('- { name: c, dns: { name: "${at}", server: "${server}" } }', {
      variables: { at, server },
    });
    expect(attempt.summary).toBe('DNS A shop.example at 127.0.0.1:PORT → NOERROR, 1 answer');
  });
});

describe('a variable that is none', () => {
  it.each<[string, string, string]>([
    [
      'without a port where one is needed',
      'shop.example',
      'There is no `port`. Write it, as in shop.example:5432.',
    ],
    ['with a port that is none', 'shop.example:99999', '"shop.example:99999" is not a host name.'],
  ])('is refused before anything is sent: %s', async (_, at, why) => {
    const run = lastAttempt('- { name: c, tcp: "${at}" }', { variables: { at, host: '127.0.0.1' } });
    await expect(run).rejects.toThrow(why);
  });

  it('is not filled in a second time', async () => {
    const run = await lastAttempt('- { name: c, tcp: "${at}" }', {
      variables: { at: '${host}:1', host: '127.0.0.1' },
    });
    expect(run).toMatchObject({ outcome: 'fail', class: 'resolve' });
  });

  it('goes by its own port where one is written', async () => {
    const port = portOf(await serveSocket(() => {}));
    const text = `- { name: c, tcp: { host: "\${at}", port: ${port} } }`;
    expect(await lastAttempt(text, { variables: { at: '127.0.0.1' } })).toMatchObject(passed);
  });
});
