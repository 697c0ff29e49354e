import {
  type Field,
  type Fields,
  fieldProblems,
  isRecord,
  oneOf,
  record,
  required,
  text,
  texts,
  wholeFrom,
} from '../fields.ts';
import { challengingEdges, type Fault, type FaultRule } from './fault.ts';

const aText = text('a non-empty string');
const positive = wholeFrom(1, 'a whole number from 1');
const status: Field = {
  expects: 'a status from 200 to 599',
  holds: (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
};
const body: Field = {
  expects: 'a string or an object',
  holds: (value) => typeof value === 'string' || record.holds(value),
};

const targetFields: Fields = {
  route: required(aText),
  service: aText,
  operation: aText,
  nth: positive,
  every: positive,
  count: positive,
  after: {
    expects: 'an object with a route and an nth',
    holds: (value) => isRecord(value) && aText.holds(value.route) && positive.holds(value.nth),
  },
};

const fieldsOf: Readonly<Record<Fault['kind'], Fields>> = {
  status: { status: required(status), headers: texts, body },
  delay: {
    ms: required(wholeFrom(0, 'milliseconds, a whole number from 0')),
    accepted: { expects: 'true', holds: (value) => value === true },
  },
  'reset-before': {},
  'reset-after': {},
  truncate: {},
  html: { status },
  'rate-limit': { retryAfter: wholeFrom(0, 'seconds, a whole number from 0') },
  challenge: { edge: oneOf(challengingEdges) },
  stall: {},
  wrong: { patch: record, mutator: aText },
};

/** The kinds of faults there are. */
export const faultKinds = Object.keys(fieldsOf);
const kindField = { kind: required(oneOf(faultKinds)) };

/** Everything that keeps a value from being a fault rule, one sentence each; none for a good rule. */
export function ruleProblems(rule: unknown): readonly string[] {
  if (!isRecord(rule)) return [`a fault rule is an object, got ${JSON.stringify(rule) ?? 'nothing'}`];
  const { kind } = rule;
  return [
    ...fieldProblems(rule, { ...kindField, ...targetFields, ...(isKind(kind) ? fieldsOf[kind] : anyKind) }),
    ...togetherProblems(rule),
  ];
}

export function isFaultRule(rule: unknown): rule is FaultRule {
  return ruleProblems(rule).length === 0;
}

/** Where the kind means nothing, nobody can say which of these are missing or wrong. */
const anyKind: Fields = Object.fromEntries(
  Object.values(fieldsOf)
    .flatMap((fields) => Object.keys(fields))
    .map((name) => [name, { expects: 'anything', holds: () => true }]),
);

function isKind(kind: unknown): kind is Fault['kind'] {
  return typeof kind === 'string' && Object.hasOwn(fieldsOf, kind);
}

function togetherProblems(rule: Record<string, unknown>): string[] {
  const problems: string[] = [];
  if ('nth' in rule && 'every' in rule) problems.push('nth and every: give one of them');
  if (rule.kind === 'wrong' && 'patch' in rule === 'mutator' in rule) {
    problems.push('patch and mutator: give exactly one of them');
  }
  return problems;
}
