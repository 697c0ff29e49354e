import type { Socket } from 'node:net';
import { ownValue } from '../../text/own-value.ts';
import type { Source } from '../assertion.ts';
import type { Address } from '../exchange/address.ts';
import type { AttemptWatch } from '../exchange/attempt-watch.ts';
import { ExchangeError } from '../exchange/exchange-error.ts';
import type { GrpcReply } from '../exchange/grpc-call.ts';
import { healthMethod, healthRequest, healthStatus } from '../exchange/grpc-health.ts';
import { secureConnection } from '../exchange/handshake.ts';
import { headerReading } from '../judge/several.ts';
import type { Reading } from '../judge/values.ts';
import type { Cursor } from '../parse/cursor.ts';
import { fields } from '../parse/fields.ts';
import { flag, text } from '../parse/scalars.ts';
import { numberSource, textSource, wholeDuration } from '../parse/source-grammar.ts';
import type { AddressSpec } from './address.ts';
import { addressLine, asciiHost, authorityOf, boundAddress, readAddress, urlHost } from './address.ts';
import { challengeOf } from './challenge.ts';
import type {
  AttemptContext,
  Blueprint,
  CheckType,
  Finding,
  Observation,
  Probe,
  Scope,
} from './check-type.ts';
import { refuseClearSecrets } from './clear-secrets.ts';
import type { HealthVerdict } from './grpc-finding.ts';
import { grpcFinding } from './grpc-finding.ts';
import { headerValue } from './http-bind.ts';
import { headerMap } from './http-request.ts';
import { httpSources } from './http-sources.ts';
import { about, namedValues } from './named-facts.ts';
import { observed } from './observed.ts';
import { reach } from './reach.ts';

const { header } = httpSources;

/** Asks a gRPC server for its health, by the protocol all of them share. */
export const grpcCheck: CheckType = {
  name: 'grpc',
  sources: {
    health: textSource,
    'grpc-status': numberSource,
    'grpc-message': textSource,
    ...(header && { header }),
    duration: wholeDuration,
  },
  assertsItself: true,
  read,
};

interface GrpcSpec {
  readonly address: AddressSpec;
  /** Undefined where the target of the file says it. */
  readonly tls: boolean | undefined;
  readonly serverName: string | undefined;
  readonly service: string;
  readonly metadata: Readonly<Record<string, string | readonly string[]>>;
  readonly allowInsecure: boolean;
}

function read(at: Cursor): Blueprint | undefined {
  const spec = typeof at.value === 'string' ? shorthand(at) : readMapping(at);
  return spec && { queries: [], bind: (scope) => bind(spec, scope) };
}

function shorthand(at: Cursor): GrpcSpec | undefined {
  const address = addressLine(at);
  const plain = { tls: undefined, serverName: undefined, service: '', metadata: {}, allowInsecure: false };
  return address && { ...plain, address };
}

function readMapping(at: Cursor): GrpcSpec | undefined {
  const keys = ['host', 'port', 'tls', 'server-name', 'service', 'metadata', 'allow-insecure'];
  const given = fields(at, { what: '`grpc`', keys });
  if (given === undefined) return undefined;
  return {
    address: readAddress(given),
    tls: given.read('tls', flag),
    serverName: given.read('server-name', text),
    service: given.read('service', text) ?? '',
    metadata: given.read('metadata', headerMap) ?? {},
    allowInsecure: given.read('allow-insecure', flag) ?? false,
  };
}

interface GrpcTask {
  readonly address: Address;
  readonly tls: boolean;
  readonly serverName: string;
  readonly service: string;
  readonly metadata: GrpcSpec['metadata'];
  readonly asserts: Scope['asserts'];
  /** Whether the check takes a status by its name that no health comes with. */
  readonly namesFailure: boolean;
}

function bind(spec: GrpcSpec, scope: Scope): Probe {
  const isTargets = spec.address.host === undefined;
  const tls = spec.tls ?? !(isTargets && (scope.target ?? '').startsWith('http:'));
  const address = boundAddress(spec.address, scope, { port: tls ? 443 : 80, protocols: ['http:', 'https:'] });
  const host = urlHost(address.host);
  if (!tls)
    refuseClearSecrets(scope, {
      host,
      over: `plain grpc to ${authorityOf(address)}`,
      allowed: spec.allowInsecure,
    });
  const metadata = Object.entries(spec.metadata).map(([name, value]) => [
    name,
    [value].flat().map((one) => headerValue(name, scope.fill(one))),
  ]);
  const task: GrpcTask = {
    address,
    tls,
    serverName: spec.serverName === undefined ? address.host : asciiHost(scope.fill(spec.serverName)),
    service: scope.fill(spec.service),
    metadata: Object.fromEntries(metadata),
    asserts: scope.asserts,
    namesFailure: namesFailure(scope),
  };
  return { url: authorityOf(address), host, repeatable: true, attempt: (context) => attempt(task, context) };
}

function namesFailure({ stated, fillDeep }: Scope): boolean {
  const named = stated.filter(about('grpc-status')).flatMap(namedValues).map(fillDeep);
  return named.some((status) => String(status) !== '0');
}

function attempt(task: GrpcTask, context: AttemptContext): Promise<Observation> {
  const { address, serverName, service } = task;
  const said = `gRPC health of ${service === '' ? '' : `${service} at `}${authorityOf(address)}`;
  return observed(said, context, async (watch) => {
    const socket = await connected(task, context, watch);
    watch.ready();
    const call = {
      scheme: task.tls ? ('https' as const) : ('http' as const),
      authority: authorityOf({ host: serverName, port: address.port }),
      path: healthMethod,
      metadata: task.metadata,
      message: healthRequest(service),
      timeoutMs: context.timeoutMs,
    };
    const reply = await (await import('../exchange/grpc-call.ts')).grpcCall(call, socket, watch);
    socket.destroy();
    const health = reply.message && healthStatus(reply.message);
    const verdict = grpcFinding({ reply, health, service });
    const challenge = challengeOf(
      { status: reply.httpStatus, headers: reply.headers },
      { ...context, host: address.host },
    );
    const durationMs = watch.elapsedMs;
    return {
      kind: 'answered',
      summary: `${said} → ${verdict.summary}`,
      bare: `${said} → answered`,
      phases: watch.phases,
      findings: challenge !== undefined ? [challenge] : await findingsIn(reply, verdict, { task, context }),
      read: (source) => readReply(source, { reply, health, durationMs }),
    };
  });
}

/** What the check names itself is left to it, and nothing besides: status and health are facts apart. */
async function findingsIn(
  { status }: GrpcReply,
  { fact, findings }: HealthVerdict,
  { task, context }: { readonly task: GrpcTask; readonly context: AttemptContext },
): Promise<readonly Finding[]> {
  const { asserts } = task;
  if (fact === 'http') return findings;
  if (fact === 'grpc-status' && !asserts('grpc-status'))
    // Whoever names the health knows that the server tells it.
    return asserts('health') ? findings.map((one) => ({ ...one, endsAs: 'fail' })) : findings;
  if (asserts('health')) return [];
  const refuses = (value: number | undefined) =>
    context.awaits?.(['grpc-status'], () =>
      value === undefined ? { kind: 'missing' } : { kind: 'found', value },
    );
  // A status that is not the wanted one tells more than the health, and no health comes with any but OK.
  if ((await refuses(status)) === true) return [];
  const isWanted = status !== 0 && (task.namesFailure || (await refuses(0)) === true);
  return isWanted ? [] : findings;
}

async function connected(
  { address, tls, serverName }: GrpcTask,
  context: AttemptContext,
  watch: AttemptWatch,
): Promise<Socket> {
  const tcp = await reach(address, context, watch);
  if (!tls) return tcp;
  const terms = { serverName, alpn: ['h2'], now: context.clock.now() };
  const { socket, alpn } = await secureConnection(tcp, terms, watch).catch(inTheClear);
  if (alpn === 'h2') return socket;
  socket.destroy();
  throw new ExchangeError('assertion', 'the server does not offer HTTP/2 (it did not choose h2 by ALPN)');
}

/** What a server that speaks no TLS answers to a handshake is no record of TLS. */
function inTheClear(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^ERR_SSL_(WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/.test(code)) throw error;
  throw new ExchangeError(
    'tls-transient',
    `the server does not speak TLS here (${code}), and \`grpc\` does unless told otherwise: write \`tls: false\` where it serves in the clear`,
    { cause: error },
  );
}

interface ReplyFacts {
  readonly reply: GrpcReply;
  readonly health: string | undefined;
  readonly durationMs: number;
}

function readReply({ name, argument = '' }: Source, { reply, health, durationMs }: ReplyFacts): Reading {
  if (name === 'header') return headerReading(ownValue(reply.headers, argument), argument);
  const values: Readonly<Record<string, unknown>> = {
    health,
    'grpc-status': reply.status,
    'grpc-message': reply.statusMessage,
    duration: durationMs,
  };
  const value = values[name];
  return value === undefined ? { kind: 'missing' } : { kind: 'found', value };
}
