import type { Assertion, Filter, Predicate } from '../assertion.ts';
import type { Check } from '../check-file.ts';
import { ComparedFile } from '../judge/compared-file.ts';
import { filterRules } from '../judge/filters.ts';
import { inDoubles, parsedJson } from '../judge/json-text.ts';
import { queryProblem } from '../judge/jsonpath.ts';
import { schemaRefusal } from '../judge/schema/refusal.ts';
import { SchemaFile } from '../judge/schema-file.ts';
import { boundMisfit } from '../parse/misfits.ts';
import { filledDeep, namesUsed } from '../parse/template.ts';
import { BindProblem } from '../types/bind-problem.ts';
import type { Scope } from '../types/check-type.ts';
import type { OperandScope } from './bound-predicate.ts';
import { boundPredicate, filledOrRefused, holdsTemplate, waits } from './bound-predicate.ts';

type AssertionScope = OperandScope & Pick<Scope, 'readFile'>;

/** Assertions with their templates filled in and their files read. Those that have neither are kept as they are. */
export function boundAssertions(
  assertions: readonly Assertion[],
  scope: AssertionScope,
): readonly Assertion[] {
  if (!assertions.some(isUnbound)) return assertions;
  return assertions.map((assertion) => (isUnbound(assertion) ? bound(assertion, scope) : assertion));
}

function bound(assertion: Assertion, scope: AssertionScope): Assertion {
  const whole = {
    ...assertion,
    ...boundExtraction(assertion, scope),
    predicate: withFiles(boundPredicate(assertion.predicate, scope), scope),
  };
  const why = boundMisfit(whole);
  if (why !== undefined) throw new BindProblem(why);
  return whole;
}

/** A check whose measures have their templates filled in. */
export function withBoundMeasures<C extends Check>(check: C, scope: AssertionScope): C {
  const { sampling } = check;
  if (sampling === undefined || !sampling.measures.some(isUnbound)) return check;
  return { ...check, sampling: { ...sampling, measures: boundAssertions(sampling.measures, scope) } };
}

function isUnbound({ source, filters, predicate }: Assertion): boolean {
  return (
    source.argument?.includes('${') === true ||
    filters.some(({ argument }) => holdsTemplate(argument)) ||
    isUnboundPredicate(predicate)
  );
}

function isUnboundPredicate(predicate: Predicate): boolean {
  const { expected, nested } = predicate;
  return holdsTemplate(expected) || namesFile(predicate) || nested.some(isUnboundPredicate);
}

/** What is read, with its templates filled in. Throws BindProblem for what is empty then, or no argument of its filter. */
export function boundExtraction(
  { source, filters }: Pick<Assertion, 'source' | 'filters'>,
  scope: OperandScope,
): Pick<Assertion, 'source' | 'filters'> {
  const { name, argument } = source;
  const filled = argument === undefined ? undefined : filledOrRefused(argument, name, scope);
  if (name === 'jsonpath' && filled !== argument) refuseNoQuery(filled, argument, scope);
  return {
    source: filled === undefined ? source : { ...source, argument: filled },
    filters: filters.map((filter) => boundFilter(filter, scope)),
  };
}

function boundFilter(filter: Filter, scope: OperandScope): Filter {
  const { name } = filter;
  if (!holdsTemplate(filter.argument) || waits(filter.argument, scope)) return filter;
  const argument = filledDeep(filter.argument, (text) => filledOrRefused(text, name, scope));
  const wrong = filterRules[name]?.wrong?.(argument);
  if (wrong === undefined && name === 'jsonpath') refuseNoQuery(argument, filter.argument, scope);
  if (wrong === undefined) return { name, argument };
  throw new BindProblem(`The filter \`${name}\` takes ${wrong}, and what its variables make of it is not.`);
}

function refuseNoQuery(text: unknown, written: unknown, { isSecret }: OperandScope): void {
  const why = queryProblem(String(text));
  if (why === undefined) return;
  // A part of a secret would no longer be known as one.
  const hasSecret = namesUsed(String(written)).some(isSecret);
  throw new BindProblem(hasSecret ? `${String(written)} is not a JSONPath.` : `${why}.`);
}

function withFiles(predicate: Predicate, scope: Pick<Scope, 'readFile'>): Predicate {
  const { name, expected, nested } = predicate;
  if (nested.length > 0) return { ...predicate, nested: nested.map((one) => withFiles(one, scope)) };
  return isFileName(name, expected) && !expected.includes('${')
    ? { ...predicate, expected: fileOf(name, expected, scope) }
    : predicate;
}

function namesFile({ name, expected, nested }: Predicate): boolean {
  return isFileName(name, expected) || nested.some(namesFile);
}

function isFileName(name: string, expected: unknown): expected is string {
  return (name === 'schema' || name === 'equals-file') && typeof expected === 'string';
}

function fileOf(name: string, path: string, scope: Pick<Scope, 'readFile'>): SchemaFile | ComparedFile {
  return name === 'schema' ? schemaFile(path, scope) : new ComparedFile(path, scope.readFile(path));
}

function schemaFile(path: string, scope: Pick<Scope, 'readFile'>): SchemaFile {
  const json = parsedJson(scope.readFile(path).toString('utf8'));
  if (json.kind === 'value') {
    refuseWrongSchema(json.value, `The schema ${JSON.stringify(path)}`);
    return new SchemaFile(path, json.value);
  }
  throw new BindProblem(`The schema ${JSON.stringify(path)} is ${json.why}.`);
}

/** One that is named by a variable is known only now. */
function refuseWrongSchema(schema: unknown, named: string): void {
  const why = schemaRefusal(inDoubles(schema));
  if (why !== undefined) throw new BindProblem(`${named} is wrong: ${why}.`);
}
