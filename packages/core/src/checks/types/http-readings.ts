import { lateCrypto } from '../../io/late-builtins.ts';
import { defined } from '../../text/defined.ts';
import { ownValue } from '../../text/own-value.ts';
import type { Source } from '../assertion.ts';
import { certificateValues } from '../exchange/certificate.ts';
import { certificatePath } from '../exchange/chain.ts';
import { valuesOf } from '../exchange/message.ts';
import { parseSetCookie } from '../exchange/set-cookie.ts';
import { headerReading } from '../judge/several.ts';
import type { Reading } from '../judge/values.ts';
import type { AttemptContext } from './check-type.ts';
import type { WebAnswer } from './http-answer.ts';

/** What an assertion reads of an http answer. */
export function readAnswer(answer: WebAnswer, source: Source, context: AttemptContext): Reading {
  const read = Object.hasOwn(readings, source.name) ? readings[source.name] : undefined;
  return (
    read?.(answer, source.argument ?? '', context) ?? {
      kind: 'invalid',
      why: `an http answer has no ${source.name}`,
    }
  );
}

type Read = (answer: WebAnswer, argument: string, context: AttemptContext) => Reading;

const found = (value: unknown): Reading => ({ kind: 'found', value });
const maybe = (value: unknown, note?: string): Reading =>
  value === undefined ? { kind: 'missing', ...defined({ note }) } : found(value);

const readings: Readonly<Record<string, Read>> = {
  status: ({ status }) => found(status),
  'http-version': ({ httpVersion }) => found(httpVersion),
  url: ({ url }) => found(url.href),
  redirects: ({ redirects }) => found(redirects),
  header: ({ headers }, name) => headerReading(ownValue(headers, name.toLowerCase()), name),
  cookie,
  body: ({ body }) => ({ kind: 'found', value: body.text, bytes: body.bytes }),
  bytes: ({ body }, view) => found(view === 'raw' ? body.raw : body.bytes),
  sha256: ({ body }) => found(digestOf('sha256', body.bytes)),
  md5: ({ body }) => found(digestOf('md5', body.bytes)),
  json: ({ body }) => body.document,
  jsonpath: ({ body }, query, context) => body.query(query, context),
  duration: ({ durationMs }) => found(durationMs),
  dns: ({ phases }) => maybe(phases.dns, 'not found: no name was looked up'),
  connect: ({ phases }) => maybe(phases.connect),
  tls: ({ phases }) => maybe(phases.tls, 'not found: the connection is not secured'),
  'first-byte': ({ phases }) => maybe(phases.firstByte),
  download: ({ phases }) => maybe(phases.download),
  total: ({ phases }) => found(phases.total),
  ip: ({ ip }) => maybe(ip, 'not found: behind a proxy the address is not known'),
  certificate,
};

function digestOf(algorithm: string, bytes: Buffer): string {
  return lateCrypto().createHash(algorithm).update(bytes).digest('hex');
}

/** `name`, or `name[Attribute]` as hurl writes it. Of a cookie set twice the last counts. */
function cookie({ headers }: WebAnswer, argument: string): Reading {
  const [, name = argument, attribute] = cookieParts(argument);
  const set = valuesOf(headers, 'set-cookie').map(parseSetCookie);
  const last = set.findLast((one) => one?.name === name);
  if (last === undefined) return { kind: 'missing' };
  if (attribute === undefined || attribute.toLowerCase() === 'value') return found(last.value);
  const value = ownValue(last.attributes, attribute.toLowerCase());
  const note = `not found: the cookie has no ${attribute}`;
  if (value === undefined) return { kind: 'missing', note };
  if (value === '') return found(true);
  return found(attribute.toLowerCase() === 'max-age' ? Number(value) : value);
}

/** Whole, name and attribute of a cookie's argument. */
export function cookieParts(argument: string): readonly (string | undefined)[] {
  return /^(.+?)\[([\w-]+)\]$/.exec(argument) ?? [argument, argument];
}

/** `days-left` is over the chain as it is verified, `leaf-days-left` over the server's own certificate. */
function certificate(
  { certificate: facts }: WebAnswer,
  argument: string,
  { clock }: AttemptContext,
): Reading {
  if (facts === undefined) return { kind: 'missing', note: 'not found: the connection is not secured' };
  const verified = argument === 'days-left' ? certificatePath(facts.chain).certificates : [facts.chain[0]];
  if (!argument.endsWith('days-left')) return maybe(ownValue(certificateValues, argument)?.(facts));
  const ends = Math.min(...verified.map(({ validToDate }) => validToDate.getTime()));
  return found(Math.floor((ends - clock.now()) / day));
}

const day = 86_400_000;
