import type { Assertion, Predicate, Source } from '../assertion.ts';
import type { Reading } from '../judge/values.ts';
import type { Cursor } from '../parse/cursor.ts';
import { fields } from '../parse/fields.ts';
import { readPredicates } from '../parse/predicates.ts';
import { flag, integer, text } from '../parse/scalars.ts';
import { anyValue, wholeDuration } from '../parse/source-grammar.ts';
import { BindProblem } from './bind-problem.ts';
import type {
  AttemptContext,
  Blueprint,
  CheckType,
  Finding,
  Observation,
  Probe,
  Scope,
} from './check-type.ts';
import { databaseUrl, insecure } from './database-url.ts';
import { countsOf } from './named-facts.ts';
import { observed } from './observed.ts';
import type { DatabaseQuestion, Row, ServerReply } from './postgres/ask.ts';
import { ask } from './postgres/ask.ts';
import { tlsTerms } from './postgres/ssl-mode.ts';

/** A database lets us in and answers. What is asked cannot change anything. */
export const postgresCheck: CheckType = {
  name: 'postgres',
  sources: { rows: anyValue, value: anyValue, duration: wholeDuration },
  assertsItself: true,
  read,
};

interface PostgresSpec {
  readonly url: string;
  readonly query: string | undefined;
  readonly allowInsecure: boolean;
}

function read(at: Cursor): Blueprint | undefined {
  if (typeof at.value === 'string') {
    const url = text(at);
    return url === undefined ? undefined : blueprint({ url, query: undefined, allowInsecure: false }, at);
  }
  const given = fields(at, { what: '`postgres`', keys: ['url', 'query', 'rows', 'allow-insecure'] });
  if (given === undefined) return undefined;
  const url = given.read('url', text);
  if (!given.has('url')) at.fail('`postgres` needs a `url`: best a secret, such as DATABASE_URL.');
  const rows = given.get('rows');
  const spec = {
    url: url ?? '',
    query: given.read('query', text),
    allowInsecure: given.read('allow-insecure', flag) ?? false,
  };
  return { ...blueprint(spec, at), ...(rows === undefined ? {} : { expect: countedRows(rows) }) };
}

function blueprint(spec: PostgresSpec, at: Cursor): Blueprint {
  const least: Predicate = { name: 'gte', negated: false, expected: 1, nested: [] };
  return {
    queries: [],
    implied: [{ assertion: ofCount(at, [least]), unless: countsOf('rows') }],
    bind: (scope) => probeOf(bind(spec, scope)),
  };
}

/** `rows: 3` and `rows: { lte: 10 }` are about how many there are. */
function countedRows(at: Cursor): Assertion[] {
  const nested = readPredicates(at, integer(0));
  return nested.length === 0 ? [] : [ofCount(at, nested)];
}

function ofCount(origin: Cursor, nested: readonly Predicate[]): Assertion {
  const predicate = { name: 'count', negated: false, expected: undefined, nested };
  return { source: { name: 'rows', argument: undefined }, filters: [], predicate, origin };
}

interface OwnQuestion extends DatabaseQuestion {
  /** The check alone says what is asked: nothing of it was captured. */
  readonly isOurs: boolean;
}

function bind({ url: template, query, allowInsecure }: PostgresSpec, scope: Scope): OwnQuestion {
  const kind = { what: 'postgres', protocols: ['postgres:', 'postgresql:'], port: 5432 };
  const url = databaseUrl(template, kind, scope);
  const { user, path, password, isLocal } = url;
  if (user === undefined) throw new BindProblem('The URL of `postgres` names no user.');
  const tls = tlsTerms(url.options);
  if (!tls.asked && password !== undefined && !isLocal && !allowInsecure)
    throw new BindProblem(insecure('postgres'));
  const filled = query === undefined ? undefined : scope.fill(query);
  const isOurs = query !== undefined && !scope.isCaptured(query);
  return { url, user, database: path === '' ? user : path, tls, allowInsecure, query: filled, isOurs };
}

function probeOf(question: OwnQuestion): Probe {
  const { shown, address } = question.url;
  return {
    url: shown,
    host: address.host,
    repeatable: true,
    attempt: (context) => attempt(question, context),
  };
}

function attempt(question: OwnQuestion, context: AttemptContext): Promise<Observation> {
  const { shown } = question.url;
  return observed<Observation>(shown, context, async (watch) => {
    const said = await ask(question, context.proxies, watch);
    const durationMs = watch.elapsedMs;
    const common = { kind: 'answered', phases: watch.phases } as const;
    if (said.kind === 'refused') {
      const findings = [refusal(said, question)];
      return { ...common, summary: `${shown} → ${said.code}`, findings, read: () => ({ kind: 'missing' }) };
    }
    const count = `${said.rows.length} ${said.rows.length === 1 ? 'row' : 'rows'}`;
    return {
      ...common,
      summary: `${shown} → ${count}`,
      read: (source) => readSource(source, said.rows, durationMs),
    };
  });
}

function readSource({ name }: Source, rows: readonly Row[], durationMs: number): Reading {
  switch (name) {
    case 'rows':
      return { kind: 'found', value: rows };
    case 'value': {
      const [first] = rows;
      const [value] = first === undefined ? [] : Object.values(first);
      return value === undefined ? { kind: 'missing', note: 'no row' } : { kind: 'found', value };
    }
    case 'duration':
      return { kind: 'found', value: durationMs };
    default:
      return { kind: 'invalid', why: `a postgres answer has no ${name}` };
  }
}

function refusal(
  { at, code, message }: Extract<ServerReply, { kind: 'refused' }>,
  { user, database, isOurs }: OwnQuestion,
): Finding {
  const { failureClass, endsAs } = meaningOf(code, at === 'query' && isOurs);
  const failure =
    at === 'login'
      ? { read: `login to ${database} as ${user}`, expected: 'accepted', actual: `${code} ${message}` }
      : {
          read: 'query',
          expected: 'an answer',
          actual: `${code} ${message}${code === readOnly ? readOnlyNote : ''}`,
        };
  return { failureClass, failure, endsAs };
}

const readOnly = '25006';
const readOnlyNote = ': a check may only read';

/** What an error code of the server says: busy, starting and stopping pass; a query of the check's that is no SQL never will. */
function meaningOf(code: string, isOurs: boolean): Pick<Finding, 'failureClass' | 'endsAs'> {
  if (/^(?:57P0|53|08(?!P01))/.test(code)) return { failureClass: 'gateway', endsAs: 'fail' };
  if (code === '57014') return { failureClass: 'timeout', endsAs: 'fail' };
  if (isOurs && (code === '42601' || code === readOnly))
    return { failureClass: 'definition', endsAs: 'error' };
  return { failureClass: 'assertion', endsAs: 'fail' };
}
