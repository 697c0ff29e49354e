import type { Fault, FaultRule } from './fault.ts';

interface Check {
  readonly expects: string;
  holds(value: unknown): boolean;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wholeFrom = (least: number, expects: string): Check => ({
  expects,
  holds: (value) => Number.isSafeInteger(value) && Number(value) >= least,
});
const text: Check = {
  expects: 'a non-empty string',
  holds: (value) => typeof value === 'string' && value !== '',
};
const positive = wholeFrom(1, 'a whole number from 1');
const record: Check = { expects: 'an object', holds: isRecord };
const status: Check = {
  expects: 'a status from 200 to 599',
  holds: (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599,
};
const headers: Check = {
  expects: 'an object of strings',
  holds: (value) => isRecord(value) && Object.values(value).every((entry) => typeof entry === 'string'),
};
const body: Check = {
  expects: 'a string or an object',
  holds: (value) => typeof value === 'string' || record.holds(value),
};

const targetFields: Record<string, Check> = {
  route: text,
  service: text,
  nth: positive,
  every: positive,
  count: positive,
  after: {
    expects: 'an object with a route and an nth',
    holds: (value) => isRecord(value) && text.holds(value.route) && positive.holds(value.nth),
  },
};

const fieldsOf: Record<Fault['kind'], Record<string, Check>> = {
  status: { status, headers, body },
  delay: { ms: wholeFrom(0, 'milliseconds, a whole number from 0') },
  'reset-before': {},
  'reset-after': {},
  truncate: {},
  html: { status },
  'rate-limit': { retryAfter: wholeFrom(0, 'seconds, a whole number from 0') },
  stall: {},
  wrong: { patch: record, mutator: text },
};

const requiredOf: Partial<Record<Fault['kind'], string>> = { status: 'status', delay: 'ms' };

/** Everything that keeps a value from being a fault rule, one sentence each; none for a good rule. */
export function ruleProblems(rule: unknown): readonly string[] {
  if (!isRecord(rule)) return [`a fault rule is an object, got ${shown(rule)}`];
  const { kind } = rule;
  if (!isKind(kind)) return [`kind: expected one of ${Object.keys(fieldsOf).join(', ')}, got ${shown(kind)}`];
  const fields: Record<string, Check> = { kind: text, ...targetFields, ...fieldsOf[kind] };
  return [
    ...['route', requiredOf[kind]]
      .filter((name) => name !== undefined && !(name in rule))
      .map((name) => `${name}: missing`),
    ...Object.entries(rule).flatMap(([name, value]) => fieldProblem(name, value, fields)),
    ...togetherProblems(rule),
  ];
}

export function isFaultRule(rule: unknown): rule is FaultRule {
  return ruleProblems(rule).length === 0;
}

function isKind(kind: unknown): kind is Fault['kind'] {
  return typeof kind === 'string' && Object.hasOwn(fieldsOf, kind);
}

function fieldProblem(name: string, value: unknown, fields: Record<string, Check>): string[] {
  const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (check === undefined)
    return [`${name}: not a field here; the fields are ${Object.keys(fields).join(', ')}`];
  return check.holds(value) ? [] : [`${name}: expected ${check.expects}, got ${shown(value)}`];
}

function togetherProblems(rule: Record<string, unknown>): string[] {
  const problems: string[] = [];
  if ('nth' in rule && 'every' in rule) problems.push('nth and every: give one of them');
  if (rule.kind === 'wrong' && 'patch' in rule === 'mutator' in rule) {
    problems.push('patch and mutator: give exactly one of them');
  }
  return problems;
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
