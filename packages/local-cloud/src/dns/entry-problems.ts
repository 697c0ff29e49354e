import { isIPv4, isIPv6 } from 'node:net';
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

/** What is wrong with an entry for the zone; nothing when it can be put. */
export function entryProblems(entry: unknown): readonly string[] {
  const { name, rcode } = Object(entry);
  const named = isText(name) ? [] : ['name: expected a host name such as shop.example.com'];
  return [...named, ...(rcode === undefined ? recordProblems(Object(entry)) : refusalProblems(rcode))];
}

function refusalProblems(rcode: unknown): readonly string[] {
  const refusals = Object.keys(rcodes).filter((code) => code !== 'NOERROR');
  return refusals.includes(String(rcode)) ? [] : [`rcode: expected one of ${refusals.join(', ')}`];
}

function recordProblems({ type, data, ttl = 0 }: Readonly<Record<string, unknown>>): readonly string[] {
  const known = recordTypes.find((name) => name === type);
  const form = known && dataForms[known];
  return [
    ...(form === undefined ? [`type: expected one of ${recordTypes.join(', ')}`] : []),
    ...(form === undefined || form.is(data) ? [] : [`data: expected ${form.like}`]),
    ...(Number.isSafeInteger(ttl) && Number(ttl) >= 0
      ? []
      : ['ttl: expected seconds, a whole number from 0']),
  ];
}

function has(data: unknown, numbers: readonly string[], texts: readonly string[]): boolean {
  const given = Object(data);
  return numbers.every((key) => Number.isSafeInteger(given[key])) && texts.every((key) => isText(given[key]));
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
