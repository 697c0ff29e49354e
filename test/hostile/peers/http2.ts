import type { Peers } from './peer.ts';
import { answers, ends, floods, many, resets } from './peer.ts';

/** A frame of HTTP/2: type, flags, stream. */
export function frame(type: number, flags: number, stream: number, body: Buffer | string = ''): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'latin1') : body;
  const head = Buffer.alloc(9);
  head.writeUIntBE(bytes.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, bytes]);
}

const settings = frame(4, 0, 0);
const ack = frame(4, 1, 0);
/** Fields without the table and without Huffman's code. */
const fields = (...all: readonly (readonly [string, string])[]) =>
  all
    .map(
      ([name, value]) =>
        `\0${String.fromCharCode(name.length)}${name}${String.fromCharCode(value.length)}${value}`,
    )
    .join('');
const status = (code: string) => fields([':status', code]);
const opened = (...frames: readonly Buffer[]) => [settings, ack, ...frames];
const grpc = `${status('200')}${fields(['content-type', 'application/grpc'])}`;
const message = (text: string, length = text.length) => {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, Buffer.from(text, 'latin1')]);
};
const trailers = (code: string) => frame(1, 5, 1, fields(['grpc-status', code]));

/** Servers of HTTP/2, without TLS. */
export const http2Peers: Peers = {
  'GOAWAY at once': answers(opened(frame(7, 0, 0, '\0\0\0\0\0\0\0\x0b'))),
  'GOAWAY without an error, and stays': answers(opened(frame(7, 0, 0, '\0\0\0\0\0\0\0\0'))),
  'settings and the end': ends(opened()),
  'settings and a reset': resets(opened()),
  'settings without end': floods(settings),
  'pings without end': floods(frame(6, 0, 0, '12345678'), settings),
  'windows without end': floods(frame(8, 0, 0, '\0\0\0\x01'), settings),
  'a window beyond all bounds': answers(opened(frame(8, 0, 0, '\x7f\xff\xff\xff'))),
  'the stream refused': answers(opened(frame(3, 0, 1, '\0\0\0\x07'))),
  'the stream cancelled': answers(opened(frame(3, 0, 1, '\0\0\0\x08'))),
  'the stream cancelled after its headers': answers(
    opened(frame(1, 4, 1, status('200')), frame(3, 0, 1, '\0\0\0\x08')),
  ),
  'the stream reset without an error': answers(
    opened(frame(1, 4, 1, status('200')), frame(0, 0, 1, 'half'), frame(3, 0, 1, '\0\0\0\0')),
  ),
  'a pushed page': answers(opened(frame(5, 4, 1, Buffer.from([0, 0, 0, 2])), frame(1, 5, 1, status('200')))),
  'headers that never end': floods(frame(9, 0, 1, fields(['x', 'y'])), opened(frame(1, 0, 1, status('200')))),
  'interim headers without end': floods(frame(1, 4, 1, status('103')), settings),
  'headers without a status': answers(opened(frame(1, 5, 1, fields(['x', 'y'])))),
  'a status that is no number': answers(opened(frame(1, 5, 1, status('abc')))),
  'status 101': answers(opened(frame(1, 5, 1, status('101')))),
  'broken compression': answers(opened(frame(1, 5, 1, '\xff\xff\xff\xff\xff\xff'))),
  '500 headers': answers(opened(frame(1, 5, 1, status('200') + fields(['x', 'y']).repeat(500)))),
  'data before headers': answers(opened(frame(0, 1, 1, 'hello'))),
  'data on a stream nobody opened': answers(opened(frame(0, 1, 7, 'hello'))),
  'empty data without end': floods(frame(0, 0, 1), opened(frame(1, 4, 1, status('200')))),
  'data without end': floods(frame(0, 0, 1, many(16_384)), opened(frame(1, 4, 1, status('200')))),
  'a frame of 16 MB': answers([settings, Buffer.from('ffffff0000000000010000', 'hex')]),
  'a frame of an unknown kind without end': floods(frame(99, 0, 0, 'hello'), settings),
  'an answer of HTTP/1': ends('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n'),
};

/** Servers of gRPC, without TLS. */
export const grpcPeers: Peers = {
  'gRPC without a status': answers(opened(frame(1, 4, 1, grpc), frame(0, 1, 1, message('\x08\x01')))),
  'a message that claims 4 GB': answers(
    opened(frame(1, 4, 1, grpc), frame(0, 0, 1, message('\x08\x01', 0xffffffff)), trailers('0')),
  ),
  'a message that says it is compressed': answers(
    opened(frame(1, 4, 1, grpc), frame(0, 0, 1, '\x01\0\0\0\x02ab'), trailers('0')),
  ),
  'a message that is no health': answers(
    opened(frame(1, 4, 1, grpc), frame(0, 0, 1, message('\xff\xff\xff')), trailers('0')),
  ),
  'messages without end': floods(frame(0, 0, 1, message('\x08\x01')), opened(frame(1, 4, 1, grpc))),
  'a status nobody knows': answers(opened(frame(1, 4, 1, grpc), trailers('999'))),
  'a status that is no number': answers(opened(frame(1, 4, 1, grpc), trailers('x'))),
  'a cancelled call': answers(opened(frame(1, 4, 1, grpc), frame(3, 0, 1, '\0\0\0\x08'))),
};
