import type { Socket } from 'node:net';
import type { Peers } from './peer.ts';
import { answers, drips, floods, inTurn, many, reset } from './peer.ts';

/** A message of Postgres; `length` where it lies. */
export function message(type: string, body: Buffer | string = '', length?: number): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'latin1') : body;
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeUInt32BE(length ?? bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}

const welcome = Buffer.concat([message('R', '\0\0\0\0'), message('Z', 'I')]);
const column = 'n\0\0\0\0\0\0\0\0\0\0\x19\xff\xff\xff\xff\xff\xff\0\0';
const columns = message('T', `\0\x01${column}`);
const row = message('D', '\0\x01\0\0\0\x011');

/** Says `no` to TLS, lets in, and answers what is asked with `words`. */
const asked =
  (meet: (socket: Socket) => void) =>
  (socket: Socket): void => {
    let step = 0;
    socket.on('data', function login(data: Buffer) {
      // Without TLS the login comes first.
      if (step === 0 && data.length === 8) return void socket.write('N');
      step++;
      if (step === 1) return void socket.write(welcome);
      socket.off('data', login);
      meet(socket);
      socket.emit('data', data);
    });
  };

const login = (meet: (socket: Socket) => void) => (socket: Socket) => {
  socket.on('data', function terms(data: Buffer) {
    if (data.length === 8) return void socket.write('N');
    socket.off('data', terms);
    meet(socket);
    socket.emit('data', data);
  });
};

const sasl = (text: string) => [
  message('R', '\0\0\0\x0aSCRAM-SHA-256\0\0'),
  message('R', `\0\0\0\x0b${text}`),
];

/** Lets in, and answers everything with one row. */
export const goodPostgres = asked((socket) => {
  const one = Buffer.concat([columns, row, message('C', 'SELECT 1\0'), message('Z', 'I')]);
  const begun = Buffer.concat([message('C', 'BEGIN\0'), message('Z', 'T')]);
  socket.on('data', (data) => {
    if (data.includes('BEGIN')) socket.write(begun);
    else socket.write(data[0] === 0x50 ? Buffer.concat([message('1'), message('2'), one]) : one);
  });
});

/** Databases that speak Postgres, more or less. */
export const postgresPeers: Peers = {
  'a login of 1 GB': login(answers(message('R', '\0\0\0\0', 1 << 30))),
  'a login of 4 GB': login(answers(message('R', '\0\0\0\0', 0xffffffff))),
  'a login of no length': login(answers(message('R', '\0\0\0\0', 0))),
  'a login that breaks off': login(answers(message('R', '\0'))),
  'a login nobody knows': login(answers(message('R', '\0\0\0\x63'))),
  'a login by SASL with noise': login(inTurn(...sasl('noise'))),
  'a login by SASL of a billion rounds': login(inTurn(...sasl('r=abc,s=YWJj,i=999999999'))),
  'a login by SASL that never ends': login(floods(sasl('r=abc,s=YWJj,i=1')[1] ?? '')),
  'a password asked for without end': login(floods(message('R', '\0\0\0\x03'))),
  'notices without end': login(floods(message('N', 'SNOTICE\0Mhello\0\0'))),
  'settings without end': login(floods(message('S', 'a\0b\0'))),
  'an error that never ends': login(answers(message('E', 'SFATAL'))),
  'a notice without its zero': login(answers(message('N', 'Mhello\0'))),
  'an error without a code': login(answers(message('E', '\0'))),
  'a message nobody knows': login(answers(message('?', 'hello'))),
  'ready before the login': login(answers(message('Z', 'I'))),
  'a row before the login': login(answers(row)),
  'the login in drops': login(drips(welcome)),
  'rows without end': asked(floods(row, columns)),
  '20,000 rows': asked(answers([columns, ...Array.from({ length: 20_000 }, () => row)])),
  'a row of 1 GB': asked(answers([columns, message('D', '\0\x01\x40\0\0\0', 1 << 30)])),
  'a row of a length below zero': asked(answers([columns, message('D', '\0\x01\xff\xff\xff\0')])),
  'a row of 30,000 values': asked(answers([columns, message('D', '\x75\x30\0\0')])),
  'a row without columns': asked(answers(row)),
  'columns below zero': asked(answers(message('T', '\xff\xff'))),
  'columns that break off': asked(answers(message('T', `\0\x05${column}`))),
  '30,000 columns': asked(answers(message('T', `\x75\x30${column.repeat(30_000)}`))),
  'a number that is none': asked(
    answers([
      message('T', `\0\x01${column.replace('\x19', '\x17')}`),
      message('D', '\0\x01\0\0\0\x01x'),
      message('C', 'SELECT 1\0'),
      message('Z', 'I'),
    ]),
  ),
  'copies in place of rows': asked(answers([message('G', '\0\0\x01\0\0'), message('W', '\0\0\0')])),
  'two results': asked(
    answers([columns, message('C', 'SELECT 0\0'), columns, message('C', 'SELECT 0\0'), message('Z', 'I')]),
  ),
  'ready without an answer': asked(answers(message('Z', 'I'))),
  'portals without end': asked(floods(message('s'))),
  'an answer that says it is no SQL': asked(
    answers([message('E', 'SERROR\0C42601\0Mno\0\0'), message('Z', 'I')]),
  ),
};

/** Databases that speak Redis, more or less. */
export const redisPeers: Peers = {
  'a reply without end': floods(many(4096), '+'),
  'a reply in drops': drips(`+${'a'.repeat(5000)}`),
  'a bulk of 4 GB': answers('$4294967295\r\n'),
  'lists in lists without end': floods('*1\r\n'),
  'an error without a text': inTurn('-\r\n'),
  'a yes to everything': (socket) => socket.on('data', () => socket.write('+OK\r\n')),
  'replies without end': floods('+OK\r\n'),
  'a reply and a reset': (socket) =>
    void socket.once('data', () => socket.write('+OK\r\n', () => reset(socket))),
};
