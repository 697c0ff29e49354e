import { isIPv4, isIPv6 } from 'node:net';
import { type Field, fieldProblems, isRecord, oneOf, required, text, wholeFrom } from '../fields.ts';
import { type RecordType, rcodes, recordTypes } from './zone.ts';

interface DataForm {
  readonly is: (data: unknown) => boolean;
  readonly like: string;
}

const aName: DataForm = { is: isText, like: 'a host name' };

/** What the data of each type looks like. */
const dataForms: Readonly<Record<RecordType, DataForm>> = {
  A: { is: (data) => isIPv4(String(data)), like: 'an IPv4 address' },
  AAAA: { is: (data) => isIPv6(String(data)), like: 'an IPv6 address' },
  CAA: { is: (data) => has(data, ['flags'], ['tag', 'value']), like: '{flags, tag, value}' },
  CNAME: aName,
  MX: { is: (data) => has(data, ['preference'], ['exchange']), like: '{preference, exchange}' },
  NS: aName,
  SRV: {
    is: (data) => has(data, ['priority', 'weight', 'port'], ['target']),
    like: '{priority, weight, port, target}',
  },
  TXT: { is: (data) => [data].flat().every(isText), like: 'a string or a list of strings' },
};

const name = required(text('a host name such as shop.example.com'));
const rcode = required(oneOf(Object.keys(rcodes).filter((code) => code !== 'NOERROR')));
const type = required(oneOf(recordTypes));
const ttl = wholeFrom(0, 'seconds, a whole number from 0');

/** What is wrong with an entry for the zone; nothing when it can be put. */
export function entryProblems(entry: unknown): readonly string[] {
  if (isRecord(entry) && 'rcode' in entry) return fieldProblems(entry, { name, rcode });
  const known = recordTypes.find((one) => isRecord(entry) && one === entry.type);
  const data =
    known === undefined ? anything : { expects: dataForms[known].like, holds: dataForms[known].is };
  return fieldProblems(entry, { name, type, data: required(data), ttl });
}

/** What data looks like is said by its type. */
const anything: Field = { expects: 'what its type has', holds: () => true };

function has(data: unknown, numbers: readonly string[], texts: readonly string[]): boolean {
  const given = Object(data);
  return numbers.every((key) => Number.isSafeInteger(given[key])) && texts.every((key) => isText(given[key]));
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
