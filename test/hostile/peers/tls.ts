import { randomBytes } from 'node:crypto';
import type { Peers } from './peer.ts';
import { answers, ends, floods, many, resets } from './peer.ts';

/** A record of TLS: its kind, and its version 1.2. */
const record = (kind: number, body: Buffer | string) => {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'latin1') : body;
  const head = Buffer.from([kind, 3, 3, 0, 0]);
  head.writeUInt16BE(Math.min(bytes.length, 0xffff), 3);
  return Buffer.concat([head, bytes]);
};

/** What answers a handshake with something else. */
export const tlsPeers: Peers = {
  'an alert that it is unknown here': ends(record(21, '\x02\x70')),
  'an alert of internal error': ends(record(21, '\x02\x50')),
  'a warning without end': floods(record(21, '\x01\x5a')),
  'an alert nobody knows': ends(record(21, '\xff\xff')),
  'an alert of one byte': ends(record(21, '\x02')),
  'a handshake of noise': answers(record(22, randomBytes(500))),
  'a hello that breaks off': resets(record(22, `\x02\0\0\x46\x03\x03${'a'.repeat(20)}`)),
  'a hello that claims 16 MB': answers(record(22, `\x02\xff\xff\xff\x03\x03${'a'.repeat(200)}`)),
  'a record that is too long': answers([Buffer.from([22, 3, 3, 0xff, 0xff]), many(70_000)]),
  'a record of a kind nobody knows': answers(record(99, many(50))),
  'empty records without end': floods(record(22, '')),
  'data before the handshake': answers(record(23, many(50))),
  'its version is none': answers(Buffer.from([22, 9, 9, 0, 4, 2, 0, 0, 0])),
  'yes to TLS, then noise': (socket) =>
    void socket.once('data', () => {
      socket.write('S');
      socket.once('data', () => socket.end(randomBytes(300)));
    }),
  'yes to TLS, then nothing': answers('S'),
};
