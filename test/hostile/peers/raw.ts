import { randomBytes } from 'node:crypto';
import type { Peers } from './peer.ts';
import { answers, drips, ends, floods, greets, many, reset, resets } from './peer.ts';

/** No protocol at all, or another one. */
export const rawPeers: Peers = {
  'says nothing': () => {},
  'closes at once': (socket) => socket.end(),
  'resets at once': (socket) => reset(socket),
  'closes after the request': ends(''),
  'resets after the request': resets(''),
  'closes its half and stays': (socket) => socket.once('data', () => socket.end()),
  'never reads': (socket) => socket.pause(),
  'one byte, then nothing': answers('H'),
  'one byte, then a reset': resets('H'),
  'echoes everything': (socket) => socket.pipe(socket),
  'zeros without end': floods(many(4096, '\0')),
  'ones without end': floods(Buffer.alloc(4096, 0xff)),
  'noise without end': floods(randomBytes(4096)),
  'empty lines without end': floods('\r\n'),
  'one line without end': floods(many(4096)),
  'noise in drops': drips(randomBytes(4096)),
  'a line in drops': drips(many(4096)),
  'a megabyte of noise at once': (socket) => socket.write(randomBytes(1024 * 1024)),
  'the greeting of SSH': greets('SSH-2.0-OpenSSH_9.9\r\n'),
  'the greeting of MySQL': greets('\x4a\0\0\0\x0a8.0.36\0\x08\0\0\0abcdefgh\0\xff\xf7\x08'),
  'the greeting of FTP': greets('220-welcome\r\n220-to\r\n'),
  'a page without a head': ends('<html>hello</html>'),
};

const smtp = (...after: readonly string[]) => ['220 mail\r\n', ...after];

/** Mail servers that are asked to go over to TLS. */
export const mailPeers: Peers = {
  'a greeting without an end': greets('220-mail'),
  'greetings without end': floods('220-mail\r\n'),
  'a refusing greeting': greets('554 no\r\n'),
  'no STARTTLS': (socket) => {
    socket.write('220 mail\r\n');
    socket.once('data', () => socket.write('250 mail\r\n'));
  },
  'capabilities without end': (socket) => {
    socket.write('220 mail\r\n');
    floods('250-SIZE 1\r\n')(socket);
  },
  'noise in place of the handshake': (socket) => {
    const lines = smtp(
      '250-mail\r\n250 STARTTLS\r\n',
      '220 go\r\n',
      randomBytes(200).toString('latin1'),
    ).values();
    socket.write(lines.next().value ?? '');
    socket.on('data', () => socket.write(lines.next().value ?? '', 'latin1'));
  },
};
