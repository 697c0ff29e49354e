import type { Socket } from 'node:net';
import type { Source } from '../assertion.ts';
import type { AttemptWatch } from '../exchange/attempt-watch.ts';
import { ByteCollector } from '../exchange/byte-collector.ts';
import { openTunnel } from '../exchange/connect.ts';
import { ExchangeError } from '../exchange/exchange-error.ts';
import { nextBytes } from '../exchange/first-bytes.ts';
import type { Proxies } from '../exchange/proxy.ts';
import { tunnelProxyFor } from '../exchange/proxy.ts';
import { startTls } from '../exchange/start-tls.ts';
import type { Reading } from '../judge/values.ts';
import type { Cursor } from '../parse/cursor.ts';
import { fields } from '../parse/fields.ts';
import { flag, text } from '../parse/scalars.ts';
import { textSource, wholeDuration } from '../parse/source-grammar.ts';
import { BindProblem } from './bind-problem.ts';
import type { Blueprint, CheckType, Finding, Observation, Probe, Scope } from './check-type.ts';
import type { DatabaseUrl } from './database-url.ts';
import { databaseUrl, insecure } from './database-url.ts';
import { about } from './named-facts.ts';
import { observed } from './observed.ts';
import { command, replyOf } from './redis/resp.ts';

/** A Redis lets us in and answers PONG. */
export const redisCheck: CheckType = {
  name: 'redis',
  sources: { reply: textSource, duration: wholeDuration },
  assertsItself: true,
  read,
};

function read(at: Cursor): Blueprint | undefined {
  if (typeof at.value === 'string') {
    const url = text(at);
    return url === undefined ? undefined : blueprint(url, false, at);
  }
  const given = fields(at, { what: '`redis`', keys: ['url', 'allow-insecure'] });
  if (given === undefined) return undefined;
  const url = given.read('url', text);
  if (!given.has('url')) at.fail('`redis` needs a `url`: best a secret, such as REDIS_URL.');
  return blueprint(url ?? '', given.read('allow-insecure', flag) ?? false, at);
}

function blueprint(url: string, allowInsecure: boolean, origin: Cursor): Blueprint {
  const pong = { name: 'equals', negated: false, expected: 'PONG', nested: [] };
  return {
    queries: [],
    implied: [
      {
        assertion: { source: { name: 'reply', argument: undefined }, filters: [], predicate: pong, origin },
        unless: about('reply'),
      },
    ],
    bind: (scope) => probeOf(bind(url, allowInsecure, scope)),
  };
}

function bind(template: string, allowInsecure: boolean, scope: Scope): DatabaseUrl {
  const url = databaseUrl(template, { what: 'redis', protocols: ['redis:', 'rediss:'], port: 6379 }, scope);
  if (!/^\d*$/.test(url.path))
    throw new BindProblem('The URL of `redis` must end in the number of a database.');
  const { password, protocol, isLocal } = url;
  if (password !== undefined && protocol === 'redis:' && !isLocal && !allowInsecure)
    throw new BindProblem(insecure('redis'));
  return url;
}

function probeOf(url: DatabaseUrl): Probe {
  return {
    url: url.shown,
    host: url.address.host,
    repeatable: true,
    attempt: (context) =>
      observed<Observation>(url.shown, context, async (watch) => {
        const said = await ping(url, context.proxies, watch);
        watch.answered();
        const durationMs = watch.elapsedMs;
        return {
          kind: 'answered',
          phases: watch.phases,
          summary: `${url.shown} → ${said.reply}`,
          bare: `${url.shown} → answered`,
          ...(said.isError ? { findings: [refusal(said)] } : {}),
          read: (source) => readSource(source, said.reply, durationMs),
        };
      }),
  };
}

/** What a command was answered. */
interface Said {
  readonly command: string;
  readonly reply: string;
  readonly isError: boolean;
}

/** Logs in, chooses the database and pings, on one connection, which ends with it; stops at the first error. */
async function ping(url: DatabaseUrl, proxies: Proxies, watch: AttemptWatch): Promise<Said> {
  const { address, protocol } = url;
  const tcp = await openTunnel(address, tunnelProxyFor(address, proxies), watch);
  const secure = protocol === 'rediss:';
  const socket = secure ? await startTls(tcp, { host: address.host, proof: 'name' }, watch) : tcp;
  watch.ready();
  try {
    for (const words of before(url)) {
      const said = await send(socket, words);
      if (said.isError) return said;
    }
    return await send(socket, ['PING']);
  } finally {
    socket.destroy();
  }
}

function* before({ user, password, path }: DatabaseUrl): Generator<readonly [string, ...string[]]> {
  // A user without a password is how some providers write the default user.
  if (password !== undefined) yield user === undefined ? ['AUTH', password] : ['AUTH', user, password];
  if (path !== '' && path !== '0') yield ['SELECT', path];
}

async function send(socket: Socket, words: readonly [string, ...string[]]): Promise<Said> {
  socket.write(command(...words));
  const heard = new ByteCollector();
  while (true) {
    heard.add(await nextBytes(socket));
    const reply = replyOf(heard.whole);
    if (reply?.kind === 'strange')
      throw new ExchangeError('assertion', `what answers is not Redis: ${reply.text}`);
    if (reply !== undefined) return { command: words[0], reply: reply.text, isError: reply.kind === 'error' };
  }
}

function refusal({ command: asked, reply }: Said): Finding {
  const [code = ''] = reply.split(' ');
  const passes = ['LOADING', 'BUSY', 'MASTERDOWN', 'TRYAGAIN', 'CLUSTERDOWN'].includes(code);
  const isFull = reply.startsWith('ERR max number of clients');
  const refused = asked === 'AUTH' || code === 'NOAUTH';
  return {
    failureClass: passes || isFull ? 'gateway' : 'assertion',
    failure: { read: refused ? 'login' : asked, expected: refused ? 'accepted' : 'an answer', actual: reply },
    endsAs: 'fail',
  };
}

function readSource({ name }: Source, reply: string, durationMs: number): Reading {
  if (name === 'reply') return { kind: 'found', value: reply };
  if (name === 'duration') return { kind: 'found', value: durationMs };
  return { kind: 'invalid', why: `a redis answer has no ${name}` };
}
