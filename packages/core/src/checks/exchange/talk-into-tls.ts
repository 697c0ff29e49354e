import type { Socket } from 'node:net';
import { startOf } from '../../text/cut.ts';
import { ExchangeError } from './exchange-error.ts';
import { streamLine } from './stream-line.ts';

interface Turn {
  readonly send?: string | Buffer;
  /** Matches once the whole answer is there. */
  readonly whole: RegExp;
  readonly good: RegExp;
}

/** The last line of a reply in several lines has no dash after its code. */
const codeLine = /^\d{3}(?: .*)?\r?\n/m;
const status = (send: string, good: RegExp): Turn => ({ send: `${send}\r\n`, whole: /\n$/, good });

const postgresSslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
/** An extended request with the object identifier of StartTLS (RFC 4511, 4.14). */
const ldapStartTls = Buffer.concat([
  Buffer.from([0x30, 0x1d, 0x02, 0x01, 0x01, 0x77, 0x18, 0x80, 0x16]),
  Buffer.from('1.3.6.1.4.1.1466.20037'),
]);

/** A result code, the first value in the body of an answer; success is 0. */
function ldapResult(code: string): RegExp {
  return new RegExp(`\\x0a\\x01${code || '[^]'}`);
}

/** How each protocol goes over to TLS on a connection that began in the clear. */
const protocols = {
  smtp: [
    { whole: codeLine, good: /^220/ },
    { send: 'EHLO belay\r\n', whole: codeLine, good: /^250[ -]STARTTLS\b/im },
    { send: 'STARTTLS\r\n', whole: codeLine, good: /^220/ },
  ],
  imap: [
    { whole: /\n$/, good: /^\* OK/i },
    { send: 'b1 STARTTLS\r\n', whole: /^b1 .*\r?\n/m, good: /^b1 OK/im },
  ],
  pop3: [{ whole: /\n$/, good: /^\+OK/ }, status('STLS', /^\+OK/)],
  ftp: [
    { whole: codeLine, good: /^220/ },
    { send: 'AUTH TLS\r\n', whole: codeLine, good: /^234/ },
  ],
  postgres: [{ send: postgresSslRequest, whole: /./s, good: /^S$/ }],
  ldap: [{ send: ldapStartTls, whole: ldapResult(''), good: ldapResult('\\x00') }],
} as const satisfies Readonly<Record<string, readonly Turn[]>>;

export type StartTlsProtocol = keyof typeof protocols;

export const startTlsProtocols = Object.keys(protocols) as readonly StartTlsProtocol[];

/** One answer, in bytes: a greeting of several lines has a few hundred. */
const mostHeard = 64 * 1024;

/** Talks a server into TLS: after it, the next bytes are the handshake. Throws ExchangeError when the server will not. */
export async function talkIntoTls(socket: Socket, protocol: StartTlsProtocol): Promise<void> {
  const line = streamLine(socket);
  const turns: readonly Turn[] = protocols[protocol];
  for (const turn of turns) {
    if (turn.send !== undefined) socket.write(turn.send);
    let heard = '';
    while (!turn.whole.test(heard)) {
      const bytes = await line.next();
      if (bytes === undefined) throw refused(protocol, `${quoted(heard)}, then the end`);
      heard += bytes.toString('latin1');
      if (heard.length > mostHeard)
        throw refused(
          protocol,
          `more than ${mostHeard} bytes without an end, ${quoted(startOf(heard, 200))}`,
        );
    }
    if (!turn.good.test(heard)) throw refused(protocol, quoted(heard));
  }
  line.release();
}

function refused(protocol: StartTlsProtocol, heard: string): ExchangeError {
  return new ExchangeError('assertion', `the server did not go over to TLS (${protocol}): ${heard}`);
}

function quoted(heard: string): string {
  return heard === '' ? 'nothing' : JSON.stringify(heard.trim());
}
