import type { Socket } from 'node:net';
import type { QueryConfig } from 'pg';
import { startOf } from '../../../text/cut.ts';
import type { AttemptWatch } from '../../exchange/attempt-watch.ts';
import { openTunnel } from '../../exchange/connect.ts';
import { ExchangeError } from '../../exchange/exchange-error.ts';
import { nextBytes } from '../../exchange/first-bytes.ts';
import type { Proxies } from '../../exchange/proxy.ts';
import { tunnelProxyFor } from '../../exchange/proxy.ts';
import { startTls } from '../../exchange/start-tls.ts';
import type { DatabaseUrl } from '../database-url.ts';
import { insecure } from '../database-url.ts';
import { MessageScreen } from './message-screen.ts';
import type { TlsTerms } from './ssl-mode.ts';
import { typeParsers } from './values.ts';

/** One question to one database. */
export interface DatabaseQuestion {
  readonly url: DatabaseUrl;
  readonly user: string;
  readonly database: string;
  readonly tls: TlsTerms;
  /** Send the password unencrypted, also to other machines. */
  readonly allowInsecure: boolean;
  /** undefined: `SELECT 1`. */
  readonly query: string | undefined;
}

export type Row = Readonly<Record<string, unknown>>;

/** What the server said: rows, or a refusal with its code, and at what point. */
export type ServerReply =
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | {
      readonly kind: 'refused';
      readonly at: 'login' | 'query';
      readonly code: string;
      readonly message: string;
    };

/** Connects, logs in and asks, on one connection, which ends with it. Rejects with ExchangeError or what Node said. */
export async function ask(
  question: DatabaseQuestion,
  proxies: Proxies,
  watch: AttemptWatch,
): Promise<ServerReply> {
  const { Client, DatabaseError } = await import('pg');
  const socket = await connection(question, proxies, watch);
  let fail: (why: Error) => void = () => {};
  const broken = new Promise<never>((_, reject) => {
    fail = reject;
  });
  broken.catch(() => {});
  const client = new Client({
    user: question.user,
    // A function, since pg would look for a missing password in the environment and in files.
    password: () => question.url.password ?? '',
    database: question.database,
    host: question.url.address.host,
    port: question.url.address.port,
    ssl: false,
    stream: () =>
      screened(socket, (why) => {
        fail(why);
        socket.destroy();
      }),
    application_name: 'belay-smoke-test',
    enableChannelBinding: question.url.options.get('channel_binding') === 'require',
    options: question.url.options.get('options') ?? undefined,
    types: { getTypeParser: typeParsers },
  });
  // The promises below say the same; without a listener it would end the process.
  client.on('error', () => {});
  let at: 'login' | 'query' = 'login';
  try {
    await Promise.race([client.connect(), broken]);
    at = 'query';
    const rows = await Promise.race([answerOf(question.query, (text) => client.query<Row>(text)), broken]);
    watch.answered();
    return { kind: 'rows', rows };
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw notUnderstood(error);
    return { kind: 'refused', at, code: error.code ?? 'an error without a code', message: error.message };
  } finally {
    socket.destroy();
  }
}

type Query = (text: string | QueryConfig) => Promise<{ readonly rows: readonly Row[] }>;

/** Closing the connection rolls back; and one statement in a read-only transaction cannot leave it. */
async function answerOf(query: string | undefined, send: Query): Promise<readonly Row[]> {
  if (query === undefined) return rowsOf(await send('SELECT 1'));
  await send('BEGIN READ ONLY');
  const extended: QueryConfig & { queryMode: 'extended' } = { text: query, queryMode: 'extended' };
  return rowsOf(await send(extended));
}

/** pg answers a list where the server gave several results to one statement. */
function rowsOf({ rows }: { readonly rows?: readonly Row[] }): readonly Row[] {
  if (rows === undefined)
    throw new ExchangeError('assertion', 'what answers is no Postgres: it sends more than one result');
  return rows;
}

/** What pg makes of words that it cannot follow. */
function notUnderstood(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ExchangeError) return error;
  const isParsing = error instanceof RangeError || error instanceof TypeError;
  if ('code' in error && !isParsing) return error;
  if (error.message.startsWith('Connection terminated')) return error;
  const what = error.message.startsWith('SASL') ? 'the login failed' : 'what answers is no Postgres';
  return new ExchangeError('assertion', `${what}: ${error.message}`, { cause: error });
}

/**
 * pg wants to make the connection itself: this one says that it has. It parses where the bytes come in, and what it
 * throws there would end the process: `fail` takes that, and what the screen does not let through.
 */
function screened(socket: Socket, fail: (why: Error) => void): Socket {
  const screen = new MessageScreen();
  const listen = socket.on.bind(socket) as (event: string, listener: (bytes: Buffer) => void) => Socket;
  return Object.assign(socket, {
    on(event: string, listener: (bytes: Buffer) => void) {
      if (event !== 'data') return listen(event, listener);
      return listen(event, (bytes) => {
        try {
          for (const message of screen.messages(bytes)) listener(message);
        } catch (error) {
          fail(error instanceof ExchangeError ? error : (notUnderstood(error) as Error));
        }
      });
    },
    connect: () => {
      process.nextTick(() => socket.resume().emit('connect'));
      return socket;
    },
  });
}

const tlsRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

async function connection(
  { url, tls, allowInsecure }: DatabaseQuestion,
  proxies: Proxies,
  watch: AttemptWatch,
): Promise<Socket> {
  const { address } = url;
  const tcp = await openTunnel(address, tunnelProxyFor(address, proxies), watch);
  const socket = tls.asked && (await offersTls(tcp)) ? await secured(tcp, { url, tls }, watch) : tcp;
  if (socket === tcp) {
    if (tls.needed)
      throw new ExchangeError('assertion', `the server offers no TLS, which sslmode=${tls.name} needs`);
    if (url.password !== undefined && !url.isLocal && !allowInsecure)
      throw new ExchangeError('assertion', `the server offers no TLS. ${insecure('postgres')}`);
  }
  watch.ready();
  return socket;
}

function secured(
  tcp: Socket,
  { url, tls }: Pick<DatabaseQuestion, 'url' | 'tls'>,
  watch: AttemptWatch,
): Promise<Socket> {
  return startTls(tcp, { host: url.address.host, proof: tls.proof }, watch);
}

/** The server answers one letter, in the clear. More would be someone else's words before the encryption. */
async function offersTls(tcp: Socket): Promise<boolean> {
  tcp.write(tlsRequest);
  const answer = (await nextBytes(tcp)).toString('latin1');
  if (answer === 'S') return true;
  if (answer === 'N') return false;
  if (answer.startsWith('E'))
    throw new ExchangeError('gateway', 'the server answered the request for TLS with an error');
  throw new ExchangeError(
    'assertion',
    `what answers is not Postgres: ${JSON.stringify(startOf(answer, 40))}`,
  );
}
