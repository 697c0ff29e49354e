// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { milliseconds } from './durations.ts';

/** How a mapping is written by who wrote something else, ` such as …`; empty where nobody knows. */
export function rightForm(what: string, value: unknown): string {
  const form = Object.hasOwn(forms, what) ? forms[what]?.(value) : undefined;
  return form === undefined ? '' : ` such as ${form}`;
}

const check = '{ name: home, http: GET /, expect: { status: 200 } }';

const forms: Readonly<Record<string, (value: unknown) => string>> = {
  'the check file': () => `{ version: 1, checks: [${check}] }`,
  'a check': () => check,
  'a step': () => check,
  'a scenario': () => '{ name: sign in, steps: […] }',
  '`defaults`': () => '{ timeout: 5s, retry: { until: 90s } }',
  '`expect`': (value) => `{ ${expectation(value)} }`,
  '`http`': () => '{ url: /health }, or the line GET /health',
  '`auth`': () => '{ basic: "${USER}:${PASSWORD}" } or { bearer: "${TOKEN}" }',
  '`retry`': (value) =>
    typeof value === 'string' && milliseconds(value) !== undefined
      ? `{ until: ${value} }`
      : `{ attempts: ${counted(value)} }`,
  '`window`': (value) => `{ successes: ${counted(value)} }`,
  '`watch` of a check': () => '{ failure-limit: 2 }',
  '`watch`': (value) =>
    `{ for: ${typeof value === 'string' && milliseconds(value) !== undefined ? value : '10m'} }`,
};

function counted(value: unknown): string {
  const count = Number(value);
  return Number.isSafeInteger(count) && count > 0 && value !== true ? String(count) : '3';
}

/** `status == 200` as it is written here. */
function expectation(value: unknown): string {
  const said = Array.isArray(value) ? value[0] : value;
  const line = typeof said === 'string' || typeof said === 'number' ? String(said).trim() : '';
  const [, source = 'status', operator = '', operand = line] =
    /^([a-z][\w-]*)\s*(==|=|:|!=|>=|<=|>|<|contains|matches|is)\s*(\S.*)$/i.exec(line) ?? [];
  const predicate = predicates[operator.toLowerCase()];
  if (!/^[\w.\-"' ]{1,40}$/.test(operand) || (operator === '' && !/^[1-5]\d\d$/.test(line)))
    return 'status: 200';
  return predicate === undefined ? `${source}: ${operand}` : `${source}: { ${predicate}: ${operand} }`;
}

const predicates: Readonly<Record<string, string>> = {
  '!=': 'not-equals',
  '>=': 'gte',
  '<=': 'lte',
  '>': 'gt',
  '<': 'lt',
  contains: 'contains',
  matches: 'matches',
};
