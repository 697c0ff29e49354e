import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Cloud, type FaultRule, startCloud } from '#local-cloud';
import { type EchoService, echoService } from '../../support/echo-service.ts';
import { proxied } from '../../support/proxied.ts';

let cloud: Cloud;
let echo: EchoService;

beforeAll(async () => {
  cloud = await startCloud({ services: [echoService] });
  echo = cloud.service(echoService);
});
beforeEach(() => cloud.reset());
afterAll(() => cloud.close());

/** Posts an effect; a broken connection is answered by its error. */
async function post(): Promise<{ status: number; text: string; retryAfter: string | undefined } | string> {
  try {
    const { status, text, headers } = await proxied(cloud, 'https://api.echo.test/effects', {
      method: 'POST',
      body: 'hello',
    });
    return { status, text, retryAfter: headers['retry-after'] };
  } catch (error) {
    return (error as Error).message;
  }
}

const usual = { status: 201, text: '{"effects":1,"body":"hello"}', retryAfter: undefined };
const page =
  '<html><head><title>502 Bad gateway</title></head><body><h1>502 Bad gateway</h1></body></html>\n';

describe('a fault', () => {
  const rows: {
    name: string;
    fault: FaultRule;
    received: unknown;
    effects: number;
    status: number | null;
  }[] = [
    {
      name: 'status answers in place of the service',
      fault: {
        route: 'effects.create',
        kind: 'status',
        status: 503,
        headers: { 'Retry-After': '7' },
        body: { e: 1 },
      },
      received: { status: 503, text: '{"e":1}', retryAfter: '7' },
      effects: 0,
      status: 503,
    },
    {
      name: 'delay waits, then lets the effect take place',
      fault: { route: 'effects.create', kind: 'delay', ms: 20 },
      received: usual,
      effects: 1,
      status: 201,
    },
    {
      name: 'reset-before cuts the connection with no effect',
      fault: { route: 'effects.create', kind: 'reset-before' },
      received: 'read ECONNRESET',
      effects: 0,
      status: null,
    },
    {
      name: 'reset-after cuts the connection after the effect',
      fault: { route: 'effects.create', kind: 'reset-after' },
      received: 'read ECONNRESET',
      effects: 1,
      status: null,
    },
    {
      name: 'truncate ends the body in the middle of what was promised',
      fault: { route: 'effects.create', kind: 'truncate' },
      received: 'aborted',
      effects: 1,
      status: 201,
    },
    {
      name: 'html answers with the page of a gateway',
      fault: { route: 'effects.create', kind: 'html' },
      received: { status: 502, text: page, retryAfter: undefined },
      effects: 0,
      status: 502,
    },
    {
      name: 'rate-limit says when to come again',
      fault: { route: 'effects.create', kind: 'rate-limit', retryAfter: 3 },
      received: { status: 429, text: '{"error":"rate limit exceeded"}', retryAfter: '3' },
      effects: 0,
      status: 429,
    },
    {
      name: 'challenge answers as an edge does',
      fault: { route: 'effects.create', kind: 'challenge', edge: 'vercel' },
      received: {
        status: 429,
        text: expect.stringContaining('<title>Vercel Security Checkpoint</title>'),
        retryAfter: undefined,
      },
      effects: 0,
      status: 429,
    },
    {
      name: 'rate-limit without retryAfter does not',
      fault: { route: 'effects.create', kind: 'rate-limit' },
      received: { status: 429, text: '{"error":"rate limit exceeded"}', retryAfter: undefined },
      effects: 0,
      status: 429,
    },
    {
      name: 'wrong merges a patch into the answer',
      fault: { route: 'effects.create', kind: 'wrong', patch: { effects: 9, body: null } },
      received: { status: 201, text: '{"effects":9}', retryAfter: undefined },
      effects: 1,
      status: 201,
    },
    {
      name: 'wrong lets a mutator of the service change the answer',
      fault: { route: 'effects.create', kind: 'wrong', mutator: 'stale' },
      received: { status: 201, text: '{"effects":0,"body":"hello"}', retryAfter: undefined },
      effects: 1,
      status: 201,
    },
  ];

  it.each(rows)('$name', async ({ fault, received, effects, status }) => {
    cloud.faults.add(fault);
    expect(await post()).toEqual(received);
    expect(echo.effects).toBe(effects);
    expect(cloud.journal.entries()).toMatchObject([{ route: 'effects.create', fault: fault.kind, status }]);
  });

  it('stall never answers, and the client may leave', async () => {
    cloud.faults.add({ route: 'effects.create', kind: 'stall' });
    const leaving = AbortSignal.timeout(50);
    const request = { method: 'POST', signal: leaving };
    await expect(proxied(cloud, 'https://api.echo.test/effects', request)).rejects.toThrow('aborted');
    expect(echo.effects).toBe(0);
    expect(cloud.journal.entries()).toMatchObject([{ fault: 'stall', status: null }]);
  });

  it('stall ends when the cloud closes', async () => {
    const other = await startCloud({ services: [echoService] });
    other.faults.add({ route: '*', kind: 'stall' });
    const asked = proxied(other, 'https://api.echo.test/effects').catch((error) => error.code);
    while (other.faults.list()[0]?.strikes !== 1) await new Promise(setImmediate);
    await other.close();
    expect(await asked).toBe('ECONNRESET');
  });

  it('delay is passed by moving the clock', async () => {
    cloud.faults.add({ route: 'effects.create', kind: 'delay', ms: 3_600_000 });
    const asked = post();
    while (cloud.faults.list()[0]?.strikes !== 1) await new Promise(setImmediate);
    await delay(20);
    expect(echo.effects).toBe(0);
    cloud.clock.advance(3_600_000);
    expect(await asked).toEqual(usual);
  });

  it.each([
    {
      name: 'an answer that is no JSON',
      rule: { route: 'plain', kind: 'wrong', patch: {} } as const,
      url: 'https://api.echo.test/plain',
      method: 'GET',
      error: 'fault wrong: the answer of this route is not JSON',
    },
  ])('wrong fails loudly on $name', async ({ rule, url, method, error }) => {
    cloud.faults.add(rule);
    const { status, text } = await proxied(cloud, url, { method });
    expect({ status, text }).toEqual({
      status: 500,
      text: JSON.stringify({ error: `local cloud: ${error}` }),
    });
    expect(cloud.journal.entries()).toMatchObject([{ error }]);
  });

  it('truncate resets the connection of an answer without a body', async () => {
    cloud.faults.add({ route: 'effects.delete', kind: 'truncate' });
    const request = { method: 'DELETE' };
    await expect(proxied(cloud, 'https://api.echo.test/effects', request)).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
  });
});

describe('a fault on application traffic, under the route name app,', () => {
  const address = 'https://shop.apps.echo.test/';
  let visits = 0;
  const server = createServer((_, response) => {
    visits += 1;
    response.end('{"version":"v2","ok":true}');
  });

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  beforeEach(() => {
    visits = 0;
    echo.apps.set('shop.apps.echo.test', { kind: 'app', port: (server.address() as AddressInfo).port });
  });
  afterAll(() => server.close());

  it.each<{ name: string; fault: FaultRule; received: string; reached: number }>([
    {
      name: 'answers in its place',
      fault: { route: 'app', kind: 'status', status: 418, body: 'teapot' },
      received: '418 teapot',
      reached: 0,
    },
    {
      name: 'changes its JSON',
      fault: { route: 'app', kind: 'wrong', patch: { version: 'v1' } },
      received: '200 {"version":"v1","ok":true}',
      reached: 1,
    },
    { name: 'cuts it off', fault: { route: 'app', kind: 'truncate' }, received: 'ECONNRESET', reached: 1 },
    {
      name: 'resets before it',
      fault: { route: 'app', kind: 'reset-before' },
      received: 'ECONNRESET',
      reached: 0,
    },
    {
      name: 'resets after it',
      fault: { route: 'app', kind: 'reset-after' },
      received: 'ECONNRESET',
      reached: 1,
    },
    {
      name: 'delays it',
      fault: { route: 'app', kind: 'delay', ms: 20 },
      received: '200 {"version":"v2","ok":true}',
      reached: 1,
    },
  ])('$name', async ({ fault, received, reached }) => {
    cloud.faults.add(fault);
    const answer = await proxied(cloud, address).then(
      ({ status, text }) => `${status} ${text}`,
      (error) => error.code,
    );
    expect({ answer, visits }).toEqual({ answer: received, visits: reached });
  });
});
