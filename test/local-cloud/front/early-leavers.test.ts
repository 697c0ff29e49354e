import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as secureConnect } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Cloud, demo, fly, startCloud } from '#local-cloud';
import { proxied } from '../../support/proxied.ts';

let cloud: Cloud;
/** What would have ended a cloud of its own process. */
const uncaught: unknown[] = [];
const keep = (error: unknown) => void uncaught.push(error);

beforeAll(async () => {
  cloud = await startCloud({ services: [fly] });
  process.prependListener('uncaughtException', keep);
});
beforeEach(() => {
  uncaught.length = 0;
});
afterAll(async () => {
  process.off('uncaughtException', keep);
  await cloud.close();
});

type Way = 'destroy' | 'resetAndDestroy' | 'end';
const ways: readonly Way[] = ['destroy', 'resetAndDestroy', 'end'];

interface Patience {
  readonly way: Way;
  /** How many bytes it sends, and how many it takes, before it leaves. */
  readonly sends: number;
  readonly takes: number;
}

/** A client's socket that leaves for good at a certain byte, whatever speaks through it. */
class ShortSocket extends Duplex {
  sent = 0;
  taken = 0;
  readonly #socket: Socket;
  readonly #patience: Patience;

  constructor(port: number, patience: Patience) {
    super();
    this.#patience = patience;
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.on('data', (chunk) => {
      this.taken += chunk.length;
      this.push(chunk);
      if (this.taken >= patience.takes) this.leave();
    });
    this.#socket.on('error', () => this.destroy());
    this.#socket.on('close', () => this.destroy());
  }

  leave(): void {
    this.#socket[this.#patience.way]();
    this.destroy();
  }

  override _read(): void {}

  override _write(chunk: Buffer, _: string, done: () => void): void {
    const part = chunk.subarray(0, this.#patience.sends - this.sent);
    this.sent += part.length;
    this.#socket.write(part, () => {
      if (this.sent >= this.#patience.sends) this.leave();
    });
    done();
  }
}

interface Conversation {
  readonly host: string;
  readonly request: string;
}

const authorization = `authorization: Bearer ${demo.fly.token}`;
const document = JSON.stringify({ query: '{ viewer { email } }' });
const conversations: Readonly<Record<string, Conversation>> = {
  'a query with a body': {
    host: 'api.fly.io',
    request: `POST /graphql HTTP/1.1\r\nhost: api.fly.io\r\n${authorization}\r\ncontent-length: ${document.length}\r\n\r\n${document}`,
  },
  'two requests at once': {
    host: 'api.machines.dev',
    request: `GET /v1/apps/shop HTTP/1.1\r\nhost: api.machines.dev\r\n${authorization}\r\n\r\n`.repeat(2),
  },
  'a body in chunks that waits to be let in': {
    host: 'api.machines.dev',
    request: `POST /v1/apps HTTP/1.1\r\nhost: api.machines.dev\r\n${authorization}\r\nexpect: 100-continue\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
  },
  'an application': { host: demo.fly.host, request: `GET / HTTP/1.1\r\nhost: ${demo.fly.host}\r\n\r\n` },
  'a body for an application': {
    host: demo.fly.host,
    request: `POST / HTTP/1.1\r\nhost: ${demo.fly.host}\r\ncontent-length: 999\r\n\r\n${'x'.repeat(999)}`,
  },
  'a connection that is upgraded': {
    host: demo.fly.host,
    request: `GET /live HTTP/1.1\r\nhost: ${demo.fly.host}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n\x01\x02`,
  },
};

/** CONNECT, the handshake of TLS, one request and its answer, as far as patience goes. */
async function talk({ host, request }: Conversation, patience: Patience) {
  const socket = new ShortSocket(Number(new URL(cloud.proxyUrl).port), patience);
  socket.on('error', () => {});
  const gone = new Promise<void>((resolve) => void socket.once('close', resolve));
  socket.write(`CONNECT ${host}:443 HTTP/1.1\r\nhost: ${host}:443\r\n\r\n`);
  const opened = new Promise<void>((resolve) => void socket.once('readable', resolve));
  await Promise.race([gone, opened]);
  socket.read();
  if (!socket.destroyed) {
    const secure = secureConnect({ socket, servername: host, rejectUnauthorized: false });
    secure.on('error', () => {});
    secure.once('secureConnect', () => secure.write(request));
    secure.on('data', () => setTimeout(() => socket.leave(), 20));
    setTimeout(() => socket.leave(), 500).unref();
    await gone;
    secure.destroy();
  }
  return { sent: socket.sent, taken: socket.taken };
}

function places(total: number): number[] {
  return Array.from({ length: 24 }, (_, index) => 1 + Math.floor((index * (total - 1)) / 23));
}

async function isWell() {
  const { status } = await proxied(cloud, `https://${demo.fly.host}/version.json`);
  return { status, uncaught, errors: cloud.journal.entries().flatMap(({ error }) => error ?? []) };
}

const well = { status: 200, uncaught: [], errors: [] };

describe('a client that leaves early', () => {
  it('before the application is asked ends nothing but itself', async () => {
    cloud.faults.add({ service: 'fly', route: 'app', kind: 'delay', ms: 60_000, count: 1 });
    const whole = { sends: Number.POSITIVE_INFINITY, takes: Number.POSITIVE_INFINITY };
    await talk(conversations['a body for an application'] as Conversation, { ...whole, way: 'destroy' });
    expect(await isWell()).toEqual(well);
  });

  it.each(Object.entries(conversations))(
    'in the middle of %s ends nothing but itself',
    async (_, conversation) => {
      const whole = { sends: Number.POSITIVE_INFINITY, takes: Number.POSITIVE_INFINITY };
      const { sent, taken } = await talk(conversation, { ...whole, way: 'destroy' });
      const cuts = ways.flatMap((way) => [
        ...places(sent).map((sends) => ({ ...whole, way, sends })),
        ...places(taken).map((takes) => ({ ...whole, way, takes })),
      ]);
      for (const part of chunksOf(cuts, 24)) await Promise.all(part.map((cut) => talk(conversation, cut)));
      expect(await isWell()).toEqual(well);
    },
  );

  it.each([
    ['what is refused', 'CONNECT example.com:443 HTTP/1.1\r\n\r\n'],
    ['what is no authority', 'CONNECT :0 HTTP/1.1\r\n\r\n'],
    ['a handshake with the CONNECT', 'CONNECT api.fly.io:443 HTTP/1.1\r\n\r\n\x16\x03\x01\x02\x00\x01'],
    ['plain HTTP', 'GET http://example.com/ HTTP/1.1\r\nhost: example.com\r\n\r\n'],
    ['the control API', 'POST /_cloud/faults HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n[]'],
    [
      'an upgrade of the proxy itself',
      'GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\nab',
    ],
    ['no HTTP at all', '\x16\x03\x01\x00\x05hello'],
  ])('before it is accepted, having sent %s, ends nothing but itself', async (_, text) => {
    const port = Number(new URL(cloud.proxyUrl).port);
    const cuts = ways.flatMap((way) => Array.from({ length: 40 }, (__, index) => ({ way, index })));
    const leaving = cuts.map(async ({ way, index }) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      const gone = new Promise<void>((resolve) => void socket.once('close', () => resolve()));
      const part = index < 30 ? text : text.slice(0, (index - 30) * 8);
      socket.once('connect', () => socket.write(part, 'latin1'));
      socket.once('connect', () => socket[way]());
      socket.resume();
      setTimeout(() => socket.destroy(), 200).unref();
      await gone;
    });
    await Promise.all(leaving);
    expect(await isWell()).toEqual(well);
  });

  it('keeps a cloud from closing no more than it keeps it from answering', async () => {
    const other = await startCloud({ services: [] });
    const port = Number(new URL(other.proxyUrl).port);
    for (let time = 0; time < 50; time++) {
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      socket.once('connect', () => socket.write('CONNECT github.com:443 HTTP/1.1\r\n\r\n'));
      socket.once('connect', () => socket.resetAndDestroy());
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    await other.close();
    expect(uncaught).toEqual([]);
  });
});

function chunksOf<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
