import { ownValue } from '../../text/own-value.ts';
import { certificateValues } from '../exchange/certificate.ts';
import { vouchesForItself } from '../exchange/chain.ts';
import type { Handshake } from '../exchange/handshake.ts';
import { ocspStatus } from '../exchange/ocsp.ts';
import type { Reading } from '../judge/values.ts';
import type { Cursor } from '../parse/cursor.ts';
import { shown } from '../parse/cursor.ts';
import type { SourceGrammars } from '../parse/source-grammar.ts';
import { anyValue, flagSource, numberSource, textSource } from '../parse/source-grammar.ts';

const day = 86_400_000;

/** What a handshake can be asked for. */
export const tlsSources: SourceGrammars = {
  'days-left': numberSource,
  'leaf-days-left': numberSource,
  trusted: flagSource,
  'host-matches': flagSource,
  'self-signed': flagSource,
  subject: textSource,
  issuer: textSource,
  san: anyValue,
  serial: textSource,
  fingerprint: textSource,
  'valid-from': textSource,
  'valid-to': textSource,
  key: textSource,
  'key-bits': numberSource,
  signature: textSource,
  version: { keyed: false, value: versionValue },
  cipher: textSource,
  alpn: textSource,
  'ocsp-stapled': flagSource,
  'ocsp-status': textSource,
};

/** `1.3`, `"1.3"` and `TLSv1.3` as a number, so that versions can be ordered. */
function versionValue(at: Cursor): unknown {
  const digits = /^(?:TLSv)?(1(?:\.[0-3])?)$/.exec(String(at.value))?.[1];
  return digits === undefined
    ? at.fail(`A TLS version is 1.0, 1.1, 1.2 or 1.3, not ${shown(at.value)}.`)
    : Number(digits);
}

type Value = (handshake: Handshake, now: number) => unknown;

const values: Readonly<Record<string, Value>> = {
  'days-left': ({ path }, now) =>
    daysUntil(Math.min(...path.certificates.map(({ validToDate }) => validToDate.getTime())), now),
  'leaf-days-left': ({ certificate }, now) => daysUntil(certificate.validTo.getTime(), now),
  trusted: ({ chainProblems: { dates, trust } }) => dates.length === 0 && trust.length === 0,
  'host-matches': ({ nameProblem }) => nameProblem === undefined,
  'self-signed': ({ certificate: { chain } }) => vouchesForItself(chain[0]),
  version: ({ version }) => version,
  cipher: ({ cipher }) => cipher,
  alpn: ({ alpn }) => alpn,
  'ocsp-stapled': ({ stapled }) => stapled !== undefined,
  'ocsp-status': ({ stapled }) => stapled && ocspStatus(stapled),
};

/** What `expect` reads of a handshake. */
export function readHandshake(name: string, handshake: Handshake, now: number): Reading {
  const value =
    ownValue(values, name)?.(handshake, now) ?? ownValue(certificateValues, name)?.(handshake.certificate);
  return value === undefined ? { kind: 'missing' } : { kind: 'found', value };
}

/** Whole days; what ends today has 0, what ended yesterday is below. */
function daysUntil(moment: number, now: number): number {
  return Math.floor((moment - now) / day);
}
