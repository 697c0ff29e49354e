import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, serve } from './loopback.ts';

afterEach(closeServers);

/** A server that sends to where `next` says, with the cookie it says; anything else is the end. */
const leading = (
  next: (request: IncomingMessage) => { readonly to: string; readonly cookie?: string } | undefined,
) =>
  serve((request, response) => {
    const hop = next(request);
    if (hop !== undefined)
      response.writeHead(302, {
        location: hop.to,
        ...(hop.cookie === undefined ? {} : { 'set-cookie': hop.cookie }),
      });
    response.end(`end ${request.url}`);
  });

const step = (url: string, keys = '') =>
  `scenarios:\n  - name: s\n    steps:\n      - { name: c, http: { url: "${url}", follow: true, ${keys} }, expect: { status: 200 } }`;
const alone = (url: string) =>
  `- { name: c, http: { url: "${url}", follow: true }, expect: { status: 200 } }`;

const visits = (request: IncomingMessage) => Number(/n=(\d+)/.exec(request.headers.cookie ?? '')?.[1] ?? 0);

describe('redirects are no loop', () => {
  it('where the same address is asked again with a new cookie', async () => {
    const url = await leading((request) =>
      visits(request) < 3 ? { to: '/', cookie: `n=${visits(request) + 1}` } : undefined,
    );
    expect(await lastAttempt(step(`${url}/`))).toMatchObject({ outcome: 'pass' });
  });

  it.each([
    ['alone', alone],
    ['in a scenario', step],
  ])('where they come back by way of another address: %s', async (_, text) => {
    let asked = 0;
    const url = await leading(({ url: path }) => {
      if (path === '/b') return { to: '/a' };
      asked++;
      return asked === 1 ? { to: '/b' } : undefined;
    });
    expect(await lastAttempt(text(`${url}/a`))).toMatchObject({ outcome: 'pass' });
  });
});

describe('redirects that come to no end fail', () => {
  it.each<[string, string, string]>([
    ['by max-redirects', '', 'more than 10 redirects: 302 to http://127.0.0.1:PORT/b'],
    ['by a lower one', 'max-redirects: 1', 'more than 1 redirects: 302 to http://127.0.0.1:PORT/a'],
  ])('%s', async (_, keys, why) => {
    const url = await leading(({ url: path }) => ({ to: path === '/a' ? '/b' : '/a' }));
    expect(await lastAttempt(step(`${url}/a`, keys))).toMatchObject({
      outcome: 'fail',
      class: 'assertion',
      summary: `GET http://127.0.0.1:PORT/a → ${why}`,
    });
  });

  it.each<[string, (url: string) => string, { readonly cookie?: string }, string]>([
    ['that sets none', step, {}, ''],
    ['that sets what is there already', step, { cookie: 'n=1' }, ''],
    [
      'whose cookie nobody keeps',
      alone,
      { cookie: 'n=1' },
      ' (it sets a cookie, which only the steps of a scenario keep)',
    ],
  ])('at once where the same is asked again of a server %s', async (_, text, cookie, note) => {
    const url = await leading(() => ({ to: '/', ...cookie }));
    expect(await lastAttempt(text(`${url}/`))).toMatchObject({
      outcome: 'fail',
      class: 'assertion',
      summary: `GET http://127.0.0.1:PORT/ → the redirects loop: 302 to http://127.0.0.1:PORT/${note}`,
    });
  });
});
