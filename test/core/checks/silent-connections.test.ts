import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { check, closeServers, listen, serveSocket } from './loopback.ts';

afterEach(closeServers);

const ok = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';
const file = (url: string, ...checks: string[]) =>
  `concurrency: 1\ntarget: ${url}\nchecks:\n${checks.join('')}`;
const one = (name: string, more = '') =>
  `  - { name: ${name}, http: /${name}, expect: { status: 200 }${more} }\n`;

/** Says `later` to all but the first request of a connection; `asked` has each with its connection. */
async function serve(later: (socket: Socket, connection: number) => void) {
  const asked: string[] = [];
  let connections = 0;
  const url = await serveSocket((socket) => {
    const connection = ++connections;
    let requests = 0;
    socket.on('data', (bytes) => {
      asked.push(`${String(bytes).split(' HTTP', 1)[0]} on ${connection}`);
      if (++requests === 1) socket.write(ok);
      else later(socket, connection);
    });
  });
  return { url, asked };
}

const silent = () => {};

describe('a shared connection that has died in silence', () => {
  it('is replaced, and nothing of it is told', async () => {
    const { url, asked } = await serve(silent);
    const report = await check(file(url, one('a'), one('b', ', timeout: 2s')));
    expect(asked).toEqual(['GET /a on 1', 'GET /b on 1', 'GET /b on 2']);
    const [attempt] = report.results[1]?.attempts ?? [];
    expect([report.outcome, Number(attempt?.phases.firstByte) < 300]).toEqual(['pass', true]);
  });

  it('is replaced where nobody listens any more, and then nothing was connected', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => {
        server.close();
        socket.write(ok);
      });
    });
    const port = await listen(server);
    const report = await check(file(`http://127.0.0.1:${port}`, one('a'), one('b', ', timeout: 2s')));
    const [attempt] = report.results[1]?.attempts ?? [];
    expect(attempt).toMatchObject({
      failureClass: 'connect',
      summary: expect.stringMatching(/ECONNREFUSED/),
      phases: { total: expect.any(Number) },
    });
    expect(Object.keys(attempt?.phases ?? {})).toEqual(['total']);
  });

  it('takes no time from who answers late on the new one', async () => {
    let requests = 0;
    const url = await serveSocket((socket) => {
      socket.on('data', () => setTimeout(() => socket.write(ok), ++requests === 1 ? 0 : 800));
    });
    const report = await check(file(url, one('a'), one('b', ', timeout: 950ms')));
    expect([report.outcome, requests]).toEqual(['pass', 3]);
  });

  it('is none where an answer has begun', async () => {
    const { url, asked } = await serve((socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\n\r\n');
      setTimeout(() => socket.write(ok), 500);
    });
    const report = await check(file(url, one('a'), one('b', ', timeout: 1s')));
    expect([report.outcome, asked]).toEqual(['pass', ['GET /a on 1', 'GET /b on 1']]);
  });

  it('is replaced within one page of assets', async () => {
    let connections = 0;
    const url = await serveSocket((socket) => {
      const connection = ++connections;
      let requests = 0;
      socket.on('data', (bytes) => {
        const isPage = String(bytes).startsWith('GET / ');
        const [type, body] = isPage
          ? ['text/html', '<!doctype html><script src="/a.js"></script>']
          : ['text/javascript', 'run()'];
        if (++requests === 1)
          socket.write(
            `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
          );
        else expect(connection).toBe(1);
      });
    });
    const report = await check(`- { name: page, assets: "${url}/", timeout: 2s }`);
    expect([report.outcome, connections]).toEqual(['pass', 2]);
  });
});
