import { isIP } from 'node:net';
import type { Source } from '../assertion.ts';
import type { Address } from '../exchange/address.ts';
import type { DnsAnswer, RecordType, ResponseCode } from '../exchange/dns-query.ts';
import { askDns, recordTypes, responseCodes } from '../exchange/dns-query.ts';
import { listReading } from '../judge/several.ts';
import type { Reading } from '../judge/values.ts';
import type { Cursor } from '../parse/cursor.ts';
import { fields } from '../parse/fields.ts';
import { oneOf, text } from '../parse/scalars.ts';
import { anyValue, numberSource, textSource, wholeDuration } from '../parse/source-grammar.ts';
import type { AddressSpec } from './address.ts';
import { addressLine, asciiHost, authorityOf, boundAddress, hostOrTargets, urlHost } from './address.ts';
import type {
  AttemptContext,
  Blueprint,
  CheckType,
  Finding,
  Observation,
  Probe,
  Scope,
} from './check-type.ts';
import { about, countsOf, namedValues } from './named-facts.ts';
import { observed } from './observed.ts';

/** One question to a DNS server: this machine's own, or one that is named. Never through a proxy. */
export const dnsCheck: CheckType = {
  name: 'dns',
  sources: { rcode: textSource, answers: anyValue, ttl: numberSource, duration: wholeDuration },
  assertsItself: true,
  read,
};

interface DnsSpec {
  /** The target's host when undefined. */
  readonly name: string | undefined;
  readonly type: RecordType;
  readonly server: AddressSpec | undefined;
  readonly rcode: ResponseCode;
}

function read(at: Cursor): Blueprint | undefined {
  const spec = typeof at.value === 'string' ? shorthand(at) : readMapping(at);
  return spec && { queries: [], bind: (scope) => bind(spec, scope) };
}

function shorthand(at: Cursor): DnsSpec | undefined {
  const name = text(at);
  return name === undefined ? undefined : { name, type: 'A', server: undefined, rcode: 'NOERROR' };
}

function readMapping(at: Cursor): DnsSpec | undefined {
  const given = fields(at, { what: '`dns`', keys: ['name', 'type', 'server', 'rcode'] });
  if (given === undefined) return undefined;
  return {
    name: given.read('name', text),
    type: given.read('type', oneOf(recordTypes)) ?? 'A',
    server: given.read('server', addressLine),
    rcode: given.read('rcode', oneOf(responseCodes)) ?? 'NOERROR',
  };
}

interface DnsTask {
  readonly name: string;
  readonly spec: DnsSpec;
  readonly server: Address | undefined;
  readonly asserts: Scope['asserts'];
  /** Whether the check says that there may be no answer: it counts them, or names a code that has none. */
  readonly mayBeNone: boolean;
}

function bind(spec: DnsSpec, scope: Scope): Probe {
  const written = hostOrTargets(spec.name, scope);
  const name = isIP(written) === 0 ? asciiHost(written) : written;
  const server = spec.server && boundAddress(spec.server, scope, { port: 53, protocols: [] });
  const mayBeNone = spec.rcode !== 'NOERROR' || scope.stated.some(countsOf('answers')) || namesFailure(scope);
  const task = { name, spec, server, asserts: scope.asserts, mayBeNone };
  return {
    url: server === undefined ? name : `${name} at ${authorityOf(server)}`,
    host: urlHost(server?.host ?? name),
    repeatable: true,
    attempt: (context) => attempt(task, context),
  };
}

/** A code without answers, by its name. */
function namesFailure({ stated, fillDeep }: Scope): boolean {
  const named = stated.filter(about('rcode')).flatMap(namedValues).map(fillDeep);
  return named.some((code) => typeof code === 'string' && code !== 'NOERROR');
}

function attempt(task: DnsTask, context: AttemptContext): Promise<Observation> {
  const { name, server, spec } = task;
  const said = `DNS ${spec.type} ${name}${server === undefined ? '' : ` at ${authorityOf(server)}`}`;
  return observed(said, context, async (watch) => {
    const answer = await askDns({ name, type: spec.type, server, timeoutMs: context.timeoutMs }, watch);
    watch.resolved(true);
    const durationMs = watch.elapsedMs;
    const count = answer.records.length;
    return {
      kind: 'answered',
      summary: `${said} → ${answer.rcode}, ${count === 1 ? '1 answer' : `${count} answers`}`,
      phases: watch.phases,
      findings: await findingsIn(answer, task, context),
      read: (source) => readAnswer(source, { ...answer, type: spec.type }, durationMs),
    };
  });
}

/** The code that was wanted and, for a name that exists, at least one answer. */
async function findingsIn(
  { rcode, records }: DnsAnswer,
  { spec, server, asserts, mayBeNone }: DnsTask,
  { awaits }: AttemptContext,
): Promise<readonly Finding[]> {
  if (rcode !== spec.rcode && !asserts('rcode')) {
    // This machine's own resolvers may be what is broken; whoever answers for the name is asked by `server`.
    const isOurs = server === undefined && (rcode === 'SERVFAIL' || rcode === 'REFUSED');
    const failure = { read: 'rcode', expected: spec.rcode, actual: rcode };
    return [{ failureClass: isOurs ? 'resolve' : 'assertion', failure, endsAs: 'fail' }];
  }
  if (records.length > 0 || mayBeNone) return [];
  // A code that is not the wanted one tells more, and one that is may be any but NOERROR.
  const refuses = (code: ResponseCode) => awaits?.(['rcode'], () => ({ kind: 'found', value: code }));
  if ((await refuses(rcode)) === true || (await refuses('NOERROR')) === true) return [];
  const failure = { read: 'answers', expected: 'at least one', actual: `no ${spec.type} record` };
  return [{ failureClass: 'assertion', failure, endsAs: 'fail' }];
}

function readAnswer(
  { name }: Source,
  { rcode, records, ttl, type }: DnsAnswer & { readonly type: RecordType },
  durationMs: number,
): Reading {
  switch (name) {
    case 'rcode':
      return { kind: 'found', value: rcode };
    case 'duration':
      return { kind: 'found', value: durationMs };
    case 'ttl':
      return ttl === undefined
        ? { kind: 'missing', note: 'Node tells the TTL of A and AAAA records only' }
        : { kind: 'found', value: ttl };
    case 'answers':
      return listReading(records, type === 'TXT' ? 'texts' : 'records');
    default:
      return { kind: 'invalid', why: `a DNS answer has no ${name}` };
  }
}
