import type { Socket } from 'node:net';
import { serveSocket } from './loopback.ts';

/** What a scripted database says: to the request for TLS, to the login, and to a query. */
export interface Script {
  readonly tls?: 'N' | 'E' | 'S' | string;
  readonly login?: readonly Buffer[];
  readonly query?: readonly Buffer[];
  /** Everything received after the login, as text. */
  readonly heard?: string[];
}

/** A server that speaks enough of Postgres to be let in and asked once; answers `host:port`. */
export async function postgresServer(script: Script): Promise<string> {
  const url = await serveSocket((socket) => speak(socket, script));
  return url.replace('http://', '');
}

function speak(socket: Socket, { tls = 'N', login = welcome, query = [], heard = [] }: Script): void {
  let step: 'tls' | 'login' | 'query' = 'tls';
  socket.on('data', (data) => {
    if (step === 'tls' && data.readInt32BE(4) === 80877103) {
      socket.write(tls);
    } else if (step !== 'query') {
      socket.write(Buffer.concat(login));
      step = 'query';
      return;
    } else {
      heard.push(data.toString('latin1'));
      if (data[0] === 0x51) socket.write(data.includes('BEGIN') ? begun : Buffer.concat(query));
      if (data.includes('S\0\0\0\u0004')) socket.write(Buffer.concat(query));
    }
    if (step === 'tls') step = 'login';
  });
}

function message(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

const ready = message('Z', Buffer.from('I'));
const welcome = [message('R', int32(0)), ready];
const begun = Buffer.concat([message('C', Buffer.from('BEGIN\0')), ready]);

/** A refusal with an SQLSTATE. */
export function refusal(code: string, text: string): Buffer {
  return message('E', Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${text}\0\0`));
}

/** Rows of one text column, and the end of the query. */
export function rows(...values: readonly string[]): Buffer[] {
  const column = Buffer.concat([
    Buffer.from('n\0'),
    int32(0),
    Buffer.from([0, 0]),
    int32(25),
    Buffer.from([255, 255]),
    int32(-1),
    Buffer.from([0, 0]),
  ]);
  return [
    message('T', Buffer.from([0, 1]), column),
    ...values.map((value) => message('D', Buffer.from([0, 1]), int32(value.length), Buffer.from(value))),
    message('C', Buffer.from(`SELECT ${values.length}\0`)),
    ready,
  ];
}
