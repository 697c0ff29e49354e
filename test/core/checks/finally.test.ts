// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChecksReport } from '../../../packages/core/src/checks/check-result.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { check, closeServers, serve } from './loopback.ts';
import { named, play } from './scripted.ts';

afterEach(closeServers);

/** A service that notes every request; `POST /make` answers an id. */
async function service(answer: (request: IncomingMessage, response: ServerResponse) => void = ok) {
  const asked: string[] = [];
  const url = await serve((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  return { url, asked };
}

function ok({ method, url }: IncomingMessage, response: ServerResponse): void {
  response.writeHead(url === '/bad' ? 500 : 200).end(method === 'POST' ? '{"id":7}' : '{}');
}

const make =
  '{ name: make, http: { method: POST, url: /make }, expect: { status: 200 }, capture: { id: { jsonpath: $.id } } }';
const get = (name: string, path: string, more = '') =>
  `{ name: ${name}, http: GET ${path}, expect: { status: 200 }${more} }`;
const remove = '{ name: remove, http: { method: DELETE, url: "/items/${id}" }, expect: { status: 200 } }';

function scenario(url: string, steps: readonly string[], last: readonly string[], settings = ''): string {
  const listed = (items: readonly string[]) => items.map((item) => `      - ${item}\n`).join('');
  return `target: ${url}\nscenarios:\n  - name: shop\n${settings}    steps:\n${listed(steps)}    finally:\n${listed(last)}`;
}

function told({ outcome, results }: ChecksReport) {
  return [
    outcome,
    ...results.map(({ name, outcome, cause }) => [name, outcome, cause].filter(Boolean).join(': ')),
  ];
}

describe('the steps of `finally`', () => {
  it.each<[string, string, string[], string[]]>([
    [
      'that passed',
      '/good',
      ['GET /good'],
      ['pass', 'shop / make: pass', 'shop / look: pass', 'shop / remove: pass'],
    ],
    [
      'that failed',
      '/bad',
      ['GET /bad'],
      ['fail', 'shop / make: pass', 'shop / look: fail', 'shop / remove: pass'],
    ],
  ])('run after steps %s, with what was captured', async (_, path, between, result) => {
    const { url, asked } = await service();
    const report = await check(scenario(url, [make, get('look', path)], [remove]));
    expect([asked, told(report)]).toEqual([['POST /make', ...between, 'DELETE /items/7'], result]);
  });

  it('all run, and decide nothing: what they meet is advisory', async () => {
    const { url, asked } = await service();
    const report = await check(scenario(url, [make], [get('broken', '/bad'), remove]));
    expect(asked).toEqual(['POST /make', 'GET /bad', 'DELETE /items/7']);
    expect(told(report)).toEqual(['pass', 'shop / make: pass', 'shop / broken: fail', 'shop / remove: pass']);
    expect(report.results.map(({ severity }) => severity)).toEqual(['gate', 'advisory', 'advisory']);
  });

  it('are left out by name where they need what was not captured', async () => {
    const { url, asked } = await service((_, response) => response.writeHead(500).end());
    const report = await check(scenario(url, [make], [remove, get('tidy', '/tidy')]));
    expect(asked).toEqual(['POST /make', 'GET /tidy']);
    expect(told(report)).toEqual([
      'fail',
      'shop / make: fail',
      'shop / remove: skipped: `id` was not captured',
      'shop / tidy: fail',
    ]);
  });

  it('are left out where nothing was asked', async () => {
    const { url, asked } = await service();
    const text = scenario(url, [get('a', '/a', ', if: feature')], [get('tidy', '/tidy')]);
    const report = await check(text, { variables: { feature: '' } });
    expect(asked).toEqual([]);
    expect(report.results.at(-1)).toMatchObject({ outcome: 'skipped', cause: 'no step was asked' });
  });

  it('run after every pass that is made', async () => {
    const { url, asked } = await service();
    const again = '    retry: { attempts: 2, of: scenario, interval: 1ms }\n';
    await check(scenario(url, [get('look', '/bad')], [get('tidy', '/tidy')], again), {
      clock: manualClock(),
    });
    expect(asked).toEqual(['GET /bad', 'GET /tidy', 'GET /bad', 'GET /tidy']);
  });

  it('are asked once where the scenario is repeated, or as their own `retry` says', async () => {
    const { url, asked } = await service();
    const settings = '    retry: { attempts: 3, interval: 1ms }\n';
    const last = [get('once', '/bad'), get('twice', '/bad', ', retry: { attempts: 2, interval: 1ms }')];
    await check(scenario(url, [get('a', '/a')], last, settings), { clock: manualClock() });
    expect(asked).toEqual(['GET /a', 'GET /bad', 'GET /bad', 'GET /bad']);
  });

  it('keep the scenario from being repeated where they may count twice', async () => {
    const { url, asked } = await service();
    const again = '    retry: { attempts: 2, of: scenario, interval: 1ms }\n';
    const post = '{ name: tidy, http: { method: POST, url: /tidy }, expect: { status: 200 } }';
    await check(scenario(url, [get('look', '/bad')], [post], again), { clock: manualClock() });
    expect(asked).toEqual(['GET /bad', 'POST /tidy']);
  });

  it('have a fifth of the time when the steps use up the rest', async () => {
    const text = `scenarios:\n  - name: s\n    steps:\n  ${named('a', 'timeout: 1m')}    finally:\n  ${named('tidy')}`;
    const { asked, lasted, report } = await play(text, { 's / a': ['silent'] }, { budgetMs: 10_000 });
    expect([asked, lasted]).toEqual([{ 's / a': [0], 's / tidy': [8] }, 8]);
    expect(told(report)).toEqual(['inconclusive', 's / a: inconclusive', 's / tidy: pass']);
  });

  it('are sent when the run is cancelled, and end it 2 s later at most', async () => {
    const { url, asked } = await service(({ url: path, method }, response) => {
      if (path === '/hangs') return;
      response.end(method === 'POST' ? '{"id":7}' : '{}');
    });
    const abort = new AbortController();
    const text = scenario(
      url,
      [make, get('wait', '/hangs', ', timeout: 30s')],
      [remove, get('late', '/hangs')],
    );
    const timer = setInterval(() => asked.includes('GET /hangs') && abort.abort(new Error('cancelled')), 20);
    const from = performance.now();
    await expect(check(text, { signal: abort.signal })).rejects.toThrow('cancelled');
    clearInterval(timer);
    // What is silent on a connection that stands is asked on a new one too.
    const inTurn = asked.filter((one, at) => one !== asked[at - 1]);
    expect(inTurn).toEqual(['POST /make', 'GET /hangs', 'DELETE /items/7', 'GET /hangs']);
    expect(performance.now() - from).toBeLessThan(4000);
  });

  it.each<[string, string, string]>([
    ['without a step', 'finally: []', 'There is no step: leave `finally` out.'],
    [
      'with a severity',
      'finally: [{ name: t, severity: gate, http: /, expect: { status: 200 } }]',
      'severity',
    ],
    ['with samples', 'finally: [{ name: t, samples: 5, http: /, expect: { status: 200 } }]', 'samples'],
    [
      'with a name taken',
      'finally: [{ name: a, http: /, expect: { status: 200 } }]',
      'The name "s / a" is taken by an earlier check.',
    ],
  ])('are refused %s', async (_, written, message) => {
    const text = `target: http://a.example\nscenarios:\n  - name: s\n    steps:\n      - ${get('a', '/')}\n    ${written}\n`;
    await expect(check(text)).rejects.toThrow(message);
  });
});
