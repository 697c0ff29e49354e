import type { AnyRecord, RecordWithTtl } from 'node:dns';
import { promises as dns } from 'node:dns';
import { isIP } from 'node:net';
import type { Address } from './address.ts';
import type { AttemptWatch } from './attempt-watch.ts';
import { ExchangeError } from './exchange-error.ts';

export const recordTypes = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const;
export type RecordType = (typeof recordTypes)[number];

export const responseCodes = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'] as const;
export type ResponseCode = (typeof responseCodes)[number];

export interface DnsQuestion {
  readonly name: string;
  readonly type: RecordType;
  /** Who is asked; this machine's own resolvers when undefined. */
  readonly server: Address | undefined;
  readonly timeoutMs: number;
}

export interface DnsAnswer {
  readonly rcode: ResponseCode;
  /** In the form `dig +short` prints, without the dot at the end of names; sorted, as servers rotate them. */
  readonly records: readonly string[];
  /** The shortest of all, seconds; Node tells it of addresses only. */
  readonly ttl: number | undefined;
}

/** Records of one answer: a message over TCP has room for some thousands. */
const mostRecords = 1000;

/** Asks once, without retries, hosts file, search domains or cache. Rejects with ExchangeError when nobody answered. */
export async function askDns(question: DnsQuestion, watch: AttemptWatch): Promise<DnsAnswer> {
  const resolver = new dns.Resolver({ timeout: Math.ceil(question.timeoutMs), tries: 1 });
  watch.onCut(() => resolver.cancel());
  if (question.server !== undefined) resolver.setServers([await serverAddress(question.server)]);
  try {
    const answer = await answers(resolver, question);
    if (answer.records.length <= mostRecords) return answer;
    throw new ExchangeError(
      'assertion',
      `the answer has ${answer.records.length} records: more than ${mostRecords}`,
    );
  } catch (error) {
    if (watch.cutBy !== undefined) throw watch.cutBy;
    return unlucky(error);
  }
}

/** Resolvers are set by address; a name server known by its name is looked up first. */
async function serverAddress({ host, port }: Address): Promise<string> {
  const { address, family } =
    isIP(host) === 0 ? await dns.lookup(host) : { address: host, family: isIP(host) };
  return family === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

async function answers(resolver: dns.Resolver, { name, type }: DnsQuestion): Promise<DnsAnswer> {
  if (type === 'A' || type === 'AAAA') {
    const found: RecordWithTtl[] =
      type === 'A'
        ? await resolver.resolve4(name, { ttl: true })
        : await resolver.resolve6(name, { ttl: true });
    return noError(
      found.map(({ address }) => address),
      Math.min(...found.map(({ ttl }) => ttl)),
    );
  }
  if (type === 'PTR' && isIP(name) !== 0) return noError(await resolver.reverse(name));
  const found: unknown = await resolver.resolve(name, type);
  return noError((Array.isArray(found) ? found : [found]).map((record) => written(type, record)));
}

function noError(records: readonly string[], ttl?: number): DnsAnswer {
  return { rcode: 'NOERROR', records: [...records].sort(), ttl };
}

type Of<T extends AnyRecord['type']> = Extract<AnyRecord, { readonly type: T }>;

/** How each type of record is written; the others are names already. */
const writers: Readonly<Partial<Record<RecordType, (record: never) => string>>> = {
  MX: ({ priority, exchange }: Of<'MX'>) => `${priority} ${exchange}`,
  SRV: ({ priority, weight, port, name }: Of<'SRV'>) => `${priority} ${weight} ${port} ${name}`,
  TXT: (chunks: readonly string[]) => chunks.join(''),
  SOA: (soa: Of<'SOA'>) =>
    [soa.nsname, soa.hostmaster, soa.serial, soa.refresh, soa.retry, soa.expire, soa.minttl].join(' '),
  CAA: ({ critical, type: _, ...property }: Of<'CAA'>) =>
    Object.entries(property)
      .map(([tag, value]) => `${critical} ${tag} ${JSON.stringify(value)}`)
      .join(' '),
};

function written(type: RecordType, record: unknown): string {
  return writers[type]?.(record as never) ?? String(record);
}

const codesOfErrors: Readonly<Record<string, ResponseCode>> = {
  ENODATA: 'NOERROR',
  ENOTFOUND: 'NXDOMAIN',
  ESERVFAIL: 'SERVFAIL',
  EFORMERR: 'FORMERR',
  ENOTIMP: 'NOTIMP',
  EREFUSED: 'REFUSED',
};

/** Node makes an error of every answer without records. */
function unlucky(error: unknown): DnsAnswer {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const rcode = codesOfErrors[code];
  if (rcode !== undefined) return { rcode, records: [], ttl: undefined };
  if (code === 'ECONNREFUSED')
    throw new ExchangeError('connect', 'no DNS server listens there (ECONNREFUSED)', { cause: error });
  if (code === 'EBADRESP')
    throw new ExchangeError('assertion', 'the answer is no DNS (EBADRESP)', { cause: error });
  if (code === 'ETIMEOUT')
    throw new ExchangeError('resolve', 'no DNS server answered in time', { cause: error });
  throw error;
}
