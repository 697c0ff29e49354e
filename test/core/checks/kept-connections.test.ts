import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AttemptWatch } from '../../../packages/core/src/checks/exchange/attempt-watch.ts';
import { Connections } from '../../../packages/core/src/checks/exchange/connections.ts';
import { exchange } from '../../../packages/core/src/checks/exchange/exchange.ts';
import type { Lease } from '../../../packages/core/src/checks/exchange/lease.ts';
import type { Answer, ExchangeRequest } from '../../../packages/core/src/checks/exchange/message.ts';
import type { Proxies } from '../../../packages/core/src/checks/exchange/proxy.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import { check, closeServers, serveSocket } from './loopback.ts';

afterEach(closeServers);
afterEach(() => void vi.restoreAllMocks());

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
const noProxies: Proxies = {};

/** Says `ok` to the first request of each connection, and `later` to others; `asked` has each with its connection. */
async function serve(later: (socket: Socket) => void = (socket) => socket.write(ok), first = ok) {
  const asked: string[] = [];
  let connections = 0;
  const url = await serveSocket((socket) => {
    const connection = ++connections;
    let requests = 0;
    socket.on('data', (bytes) => {
      for (const [, line] of String(bytes).matchAll(/^([A-Z]+ \S+) HTTP/gm)) {
        asked.push(`${line} on ${connection}`);
        if (++requests === 1) socket.write(connection === 1 ? first : ok);
        else later(socket);
      }
    });
  });
  return { url, asked };
}

/** One request of an attempt of another check, which passes where it is answered. */
async function ask(
  pool: Connections,
  url: string,
  more: Partial<ExchangeRequest> = {},
  owner: object = {},
): Promise<Answer> {
  const connections = pool.lease(owner, true);
  const limits = { timeoutMs: 4000, connectTimeoutMs: 4000 };
  const { signal } = new AbortController();
  const watch = new AttemptWatch({ ...limits, clock: systemClock, signal, connections });
  const request = { method: 'GET', headers: {}, body: undefined, maxBodyBytes: 1000, ...more };
  try {
    const answer = await exchange({ ...request, url: new URL(url) }, noProxies, watch);
    connections.end(true);
    return answer;
  } catch (error) {
    watch.destroy(new Error('over'));
    connections.end(false);
    throw watch.cutBy ?? error;
  } finally {
    watch.close();
  }
}

/** Some requests of an attempt, one after the other, with limits of their own. */
function watched(connections: Lease) {
  const limits = { timeoutMs: 4000, connectTimeoutMs: 4000 };
  const { signal } = new AbortController();
  const watch = new AttemptWatch({ ...limits, clock: systemClock, signal, connections });
  const plain = { method: 'GET', headers: {}, body: undefined, maxBodyBytes: 1000 };
  const ask = (url: string) => exchange({ ...plain, url: new URL(url) }, noProxies, watch);
  return { ask, watch };
}

const paused = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a connection that stands', () => {
  it('is asked nothing where it leads to a place that the request may not go to', async () => {
    const { url, asked } = await serve();
    const pool = new Connections();
    await ask(pool, `${url}/a`);
    const onAddress = (ip: string) => {
      throw new Error(`not to ${ip}`);
    };
    await expect(ask(pool, `${url}/b`, { onAddress })).rejects.toThrow('not to 127.0.0.1');
    expect(asked).toEqual(['GET /a on 1']);
  });

  it('brings no more than another may, what stands between its parts included', async () => {
    const framed = '0000000000000001\r\nx\r\n'.repeat(200_000);
    const { url } = await serve((socket) =>
      socket.write(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${framed}`),
    );
    const pool = new Connections();
    await ask(pool, `${url}/a`);
    await expect(ask(pool, `${url}/b`, { maxBodyBytes: 400_000 })).rejects.toThrow(
      /sent more than \d+ bytes in all/,
    );
  });

  it.each<[string, string]>([
    ['a line of its head went on', 'HTTP/1.1 200 OK\r\nx: a\r\n b\r\ncontent-length: 2\r\n\r\nok'],
    ['a line of its head ended oddly', 'HTTP/1.1 200 OK\ncontent-length: 2\n\nok'],
    ['more came than was said', `${ok}and more`],
  ])('is for nobody where its answer was odd: %s', async (_, odd) => {
    const { url, asked } = await serve(undefined, odd);
    const text = ['a', 'b'].map((name) => `  - { name: ${name}, http: /${name}, expect: { status: 200 } }\n`);
    const report = await check(`concurrency: 1\ntarget: ${url}\nchecks:\n${text.join('')}`);
    expect([report.outcome, asked]).toEqual(['pass', ['GET /a on 1', 'GET /b on 2']]);
  });

  it.each(['POST', 'PATCH', 'PUT', 'DELETE'])('is not asked what does something: %s', async (method) => {
    const { url, asked } = await serve();
    const pool = new Connections();
    await ask(pool, `${url}/a`);
    await ask(pool, `${url}/b`, { method });
    await ask(pool, `${url}/c`);
    expect(asked).toEqual(['GET /a on 1', `${method} /b on 2`, 'GET /c on 2']);
  });

  it.each(['GET', 'OPTIONS', 'HEAD'])('is asked what does nothing: %s', async (method) => {
    const { url, asked } = await serve();
    const pool = new Connections();
    await ask(pool, `${url}/a`);
    await ask(pool, `${url}/b`, { method });
    expect(asked).toEqual(['GET /a on 1', `${method} /b on 1`]);
  });

  it('is shared by nobody who is led there by a proxy', async () => {
    const { url, asked } = await serve();
    const pool = new Connections();
    await ask(pool, `${url}/a`);
    await ask(pool, `${url}/b`, { proxy: new URL(url) });
    await ask(pool, `${url}/c`, { proxy: 'none' });
    expect(asked).toEqual(['GET /a on 1', `GET ${url}/b on 2`, 'GET /c on 1']);
  });

  it('is for no other check once it is old', async () => {
    const { url, asked } = await serve();
    const pool = new Connections();
    await ask(pool, `${url}/a`);
    const now = performance.now.bind(performance);
    vi.spyOn(performance, 'now').mockImplementation(() => now() + 6000);
    await ask(pool, `${url}/b`);
    expect(asked).toEqual(['GET /a on 1', 'GET /b on 2']);
  });

  it('is for no second attempt of its check', async () => {
    const { url, asked } = await serve();
    const [pool, owner] = [new Connections(), {}];
    await ask(pool, `${url}/a`, {}, owner);
    await ask(pool, `${url}/a`, {}, owner);
    expect(asked).toEqual(['GET /a on 1', 'GET /a on 2']);
  });

  it('is shared by the requests of one attempt, and by others once that is judged', async () => {
    const { url, asked } = await serve();
    const pool = new Connections();
    const connections = pool.lease({}, true);
    const { ask: askOwn, watch } = watched(connections);
    const own = (path: string) => askOwn(`${url}${path}`);
    await own('/a');
    await own('/b');
    await ask(pool, `${url}/other`);
    connections.end(true);
    watch.close();
    await ask(pool, `${url}/later`);
    expect(asked).toEqual([
      'GET /a on 1',
      'GET /b on 1',
      'GET /other on 2',
      expect.stringMatching(/later on [12]/),
    ]);
  });
});

describe('a connection that waits', () => {
  it('is closed where something comes that nobody asked for', async () => {
    const pool = new Connections();
    const asked: string[] = [];
    let connections = 0;
    const url = await serveSocket((socket) => {
      const connection = ++connections;
      socket.on('data', () => {
        asked.push(`on ${connection}`);
        socket.write(ok);
        setTimeout(() => socket.write(ok), 5);
      });
    });
    await ask(pool, `${url}/a`);
    await paused(20);
    await ask(pool, `${url}/b`);
    expect(asked).toEqual(['on 1', 'on 2']);
  });

  it('is not ended with the request that was asked over it before', async () => {
    const { url, asked } = await serve((socket) => void setTimeout(() => socket.write(ok), 50));
    const connections = new Connections().lease({}, true);
    const [first, second] = [watched(connections), watched(connections)];
    await first.ask(`${url}/a`);
    const answer = second.ask(`${url}/b`);
    first.watch.destroy(new Error('over'));
    expect([(await answer).status, asked]).toEqual([200, ['GET /a on 1', 'GET /b on 1']]);
    for (const { watch } of [first, second]) watch.close();
  });
});

describe('connections that nobody uses', () => {
  /** Real ones, each free; answers how many are open. */
  async function idle(pool: Connections, count: number) {
    const url = await serveSocket(() => {});
    const sockets: Socket[] = [];
    for (let at = 0; at < count; at++) {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      await new Promise((resolve) => socket.once('connect', resolve));
      sockets.push(socket);
    }
    const lease = pool.lease({}, true);
    for (const socket of sockets) {
      const facts = { socket, plainProxy: undefined, ip: undefined, certificate: undefined };
      const shared = lease.add('key', 'host', facts);
      shared.isFree = true;
      lease.leave(shared);
    }
    lease.end(true);
    return () => sockets.filter(({ destroyed }) => !destroyed).length;
  }

  it('are closed when the run is over', async () => {
    const pool = new Connections();
    const open = await idle(pool, 3);
    const before = open();
    pool.close();
    expect([before, open()]).toEqual([3, 0]);
  });

  it('are closed soon', async () => {
    const open = await idle(new Connections(), 3);
    await paused(150);
    expect(open()).toBe(0);
  });

  it('are 64 at most', async () => {
    const open = await idle(new Connections(), 70);
    expect(open()).toBe(64);
  });

  it('are closed for who measures the same host, and none are kept meanwhile', async () => {
    const pool = new Connections();
    const open = await idle(pool, 2);
    const elsewhere = pool.lease({}, false, 'other');
    const before = open();
    const lease = pool.lease({}, false, 'host');
    const whileMeasured = [open(), (await idle(pool, 2))()];
    lease.end(true);
    elsewhere.end(true);
    expect([before, whileMeasured, (await idle(pool, 2))()]).toEqual([2, [0, 0], 2]);
  });
});
