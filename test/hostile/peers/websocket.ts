import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import type { Peers } from './peer.ts';
import { floods, many, reset } from './peer.ts';

/** Accepts the upgrade, and then `meet`. */
const upgraded =
  (meet: (socket: Socket) => void, more = '') =>
  (socket: Socket): void => {
    socket.once('data', (request) => {
      const key = /sec-websocket-key: *(\S+)/i.exec(request.toString('latin1'))?.[1] ?? '';
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      socket.write(
        `HTTP/1.1 101 X\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-accept: ${accept}\r\n${more}\r\n`,
      );
      meet(socket);
      socket.emit('data', Buffer.alloc(0));
    });
  };

const says = (hex: string) => (socket: Socket) => void socket.write(Buffer.from(hex, 'hex'));

/** Says hello. */
export const goodWebSocket = upgraded(says('810568656c6c6f'));

/** Servers of WebSocket. */
export const websocketPeers: Peers = {
  'a wrong accept': (socket) =>
    void socket.once('data', () =>
      socket.write(
        'HTTP/1.1 101 X\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-accept: no\r\n\r\n',
      ),
    ),
  'a protocol nobody asked for': upgraded(() => {}, 'sec-websocket-protocol: x\r\n'),
  'an extension nobody asked for': upgraded(() => {}, 'sec-websocket-extensions: x\r\n'),
  'a frame of all bytes': upgraded(says('827fffffffffffffffff')),
  'a frame of a terabyte': upgraded(says('827f0000010000000000')),
  'a frame of an unknown kind': upgraded(says('8f00')),
  'a masked frame': upgraded(says('818100000000aa')),
  'a continuation of nothing': upgraded(says('800161')),
  'text that is none': upgraded(says('8102fffe')),
  'a ping that is too long': upgraded(
    (socket) => void socket.write(Buffer.concat([Buffer.from('897e00ff', 'hex'), many(255)])),
  ),
  'a close of one byte': upgraded(says('880161')),
  'a close with a code nobody knows': upgraded(says('8802ffff')),
  'messages without end': upgraded(floods(Buffer.from('810161', 'hex'))),
  'empty messages without end': upgraded(floods(Buffer.from('8100', 'hex'))),
  'fragments without end': upgraded(floods(Buffer.from('000161', 'hex'), Buffer.from('010161', 'hex'))),
  'pings without end': upgraded(floods(Buffer.from('8900', 'hex'))),
  'compressed noise': upgraded(says('c104ffffffff'), 'sec-websocket-extensions: permessage-deflate\r\n'),
  'a reset after the upgrade': upgraded((socket) => setTimeout(() => reset(socket), 20)),
};
