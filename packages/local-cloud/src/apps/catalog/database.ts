import type { Socket } from 'node:net';
import type { Program } from '../program.ts';

const { createServer } = process.getBuiltinModule('node:net');

/** A database as far as a check looks at one: it speaks enough of Postgres' protocol (3.0) to answer `SELECT 1`. */
export const run: Program['run'] = (_, env) => {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    converse(socket);
  });
  server.listen(Number(env.LOOPBACK_PORT), '127.0.0.1', () =>
    process.stdout.write(`database on ${env.PORT}\n`),
  );
};

const sslRequest = 80_877_103;

function converse(socket: Socket): void {
  let seen = Buffer.alloc(0);
  let started = false;
  socket.on('data', (chunk: Buffer) => {
    seen = Buffer.concat([seen, chunk]);
    for (;;) {
      // Before the startup message is through, messages have no type byte in front.
      const offset = started ? 1 : 0;
      const size = seen.length < offset + 4 ? Number.POSITIVE_INFINITY : offset + seen.readInt32BE(offset);
      if (seen.length < size) return;
      const message = seen.subarray(0, size);
      seen = seen.subarray(size);
      if (started) socket.write(answerTo(message));
      else if (message.readInt32BE(4) === sslRequest) socket.write('N');
      else {
        started = true;
        socket.write(Buffer.concat([packet('R', int32(0)), ready]));
      }
    }
  });
}

function answerTo(message: Buffer): Buffer {
  const kind = String.fromCharCode(message[0] ?? 0);
  if (kind === 'X') return Buffer.alloc(0);
  const query = kind === 'Q' ? message.toString('utf8', 5, message.length - 1) : '';
  if (/^select 1;?$/i.test(query.trim())) return Buffer.concat([...oneRow, ready]);
  const fields = ['SERROR', 'C0A000', 'Mthis database knows only SELECT 1', ''];
  return Buffer.concat([packet('E', Buffer.from(fields.map((field) => `${field}\0`).join(''))), ready]);
}

const ready = packet('Z', Buffer.from('I'));
const int4 = 23;
const column = Buffer.concat([
  int16(1),
  Buffer.from('?column?\0'),
  int32(0),
  ...[int16(0), int32(int4), int16(4), int32(-1), int16(0)],
]);
const oneRow = [
  packet('T', column),
  packet('D', Buffer.concat([int16(1), int32(1), Buffer.from('1')])),
  packet('C', Buffer.from('SELECT 1\0')),
];

function packet(type: string, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int32(content.length + 4), content]);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
