import type { RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChecksReport } from '../../../packages/core/src/checks/check-result.ts';
import { check, closeServers, serve } from './loopback.ts';

afterEach(closeServers);

const sha = 'c0ffee00';
const ended = ({ outcome, reason }: ChecksReport) => `${outcome}/${reason}`;
const silent: RequestListener = () => {};
const resetting: RequestListener = ({ socket }) => socket.destroy();
const breaking: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-length': '10' });
  response.write('new');
  setTimeout(() => response.socket?.destroy(), 20);
};
const refusing: RequestListener = (_, response) => void response.writeHead(403).end();

interface Edge {
  readonly passes: 'no-cache' | 'query';
  readonly now: RequestListener;
  /** How long the cache takes to answer, milliseconds. */
  readonly slowMs?: number;
}

/** A cache with the old page, before a service whose new release proves its build at /v. Counts what reaches the service. */
async function behind({ passes, now, slowMs = 0 }: Edge) {
  const reached: string[] = [];
  const url = await serve((request, response) => {
    const address = request.url ?? '';
    if (address.startsWith('/v')) return response.end(JSON.stringify({ commit: sha }));
    const isPast =
      passes === 'query' ? address.includes('belay=') : request.headers['cache-control'] === 'no-cache';
    if (isPast) {
      reached.push(address);
      return now(request, response);
    }
    const type = { 'content-type': 'text/html' };
    setTimeout(() => {
      response.writeHead(200, { ...type, age: '3600', 'x-cache': 'HIT' }).end('<!doctype html>old');
    }, slowMs);
  });
  return { url, reached };
}

const kinds = {
  http: '- { name: page, http: /checkout, expect: { status: 200 }, timeout: 1200ms }',
  assets: '- { name: page, assets: /checkout, timeout: 1200ms }',
};

async function judged(edge: Edge, kind: keyof typeof kinds = 'http', text = kinds[kind]) {
  const { url, reached } = await behind(edge);
  const release = '- { name: build, release: { path: /v, jsonpath: $.commit } }';
  const report = await check(`${release}\n${text}`, { variables: { url, sha }, isNew: true });
  return { report, reached, last: report.results.find(({ name }) => name === 'page')?.attempts.at(-1) };
}

describe('a service that says nothing where it is asked past a cache, though its build is proved,', () => {
  it.each<[string, Edge['passes'], RequestListener, string]>([
    ['never answers a header', 'no-cache', silent, 'timeout'],
    ['never answers a query', 'query', silent, 'timeout'],
    ['resets a header', 'no-cache', resetting, 'connect'],
    ['resets a query', 'query', resetting, 'connect'],
    ['breaks its answer off', 'query', breaking, 'assertion'],
  ])('has failed: it %s', async (_, passes, now, failureClass) => {
    for (const kind of ['http', 'assets'] as const) {
      const { report, last } = await judged({ passes, now }, kind);
      expect([kind, ended(report), last?.failureClass]).toEqual([kind, 'fail/checks-failed', failureClass]);
      expect(last?.summary).toMatch(/ → .+ \(a cache answered first: age: 3600, x-cache: HIT\)$/);
    }
  });

  it('has failed again in each attempt', async () => {
    const text =
      '- { name: page, http: /checkout, expect: { status: 200 }, timeout: 1200ms, retry: { attempts: 3, interval: 10ms } }';
    const { report, reached } = await judged({ passes: 'query', now: resetting }, 'http', text);
    // On the connection that stands, and once more on a new one.
    expect([ended(report), reached.length]).toEqual(['fail/checks-failed', 3 * 2]);
  });

  it('has not where something before it refuses the query', async () => {
    const { report } = await judged({ passes: 'query', now: refusing });
    expect(ended(report)).toBe('pass/verified');
  });

  it.each(['no-cache', 'query'] as const)(
    'is neither good nor bad where a slow cache has left it too little time, by %s',
    async (passes) => {
      for (const kind of ['http', 'assets'] as const) {
        const { report, last } = await judged({ passes, now: silent, slowMs: 750 }, kind);
        expect([kind, ended(report)]).toEqual([kind, 'inconclusive/cached']);
        expect(last?.failures.map(({ actual }) => actual)).toEqual([
          'that of a cache, from before the change (age: 3600, x-cache: HIT), and too little time to ask past it',
        ]);
      }
    },
  );

  it('is asked again where there was too little time once', async () => {
    let asked = 0;
    const now: RequestListener = (request) => {
      asked += 1;
      request.resume();
    };
    const edge = { passes: 'no-cache', now, slowMs: 750 } as const;
    const text =
      '- { name: page, http: /checkout, expect: { status: 200 }, timeout: 1200ms, retry: { attempts: 2, interval: 10ms } }';
    const { report } = await judged(edge, 'http', text);
    expect([ended(report), asked]).toEqual(['inconclusive/cached', 2]);
  });
});
