import type { Assertion, Predicate } from '../check-file.ts';
import { parsedJson } from '../judge/json-text.ts';
import { SchemaFile } from '../judge/schema-file.ts';
import type { Scope } from '../types/check-type.ts';
import { BindProblem } from '../types/check-type.ts';

/** Assertions with their templates filled in and their files read. Those of a check that has neither are kept as they are. */
export function boundAssertions(
  assertions: readonly Assertion[],
  scope: Scope,
  hasReferences: boolean,
): readonly Assertion[] {
  if (!hasReferences && !assertions.some(({ predicate }) => namesFile(predicate))) return assertions;
  return assertions.map((assertion) => ({
    ...assertion,
    ...boundExtraction(assertion, scope),
    predicate: boundPredicate(assertion.predicate, scope),
  }));
}

/** What is read, with its templates filled in. */
export function boundExtraction(
  { source, filters }: Pick<Assertion, 'source' | 'filters'>,
  scope: Pick<Scope, 'fill' | 'fillDeep'>,
): Pick<Assertion, 'source' | 'filters'> {
  const { argument } = source;
  return {
    source: argument === undefined ? source : { ...source, argument: scope.fill(argument) },
    filters: filters.map((filter) => ({ ...filter, argument: scope.fillDeep(filter.argument) })),
  };
}

function boundPredicate(predicate: Predicate, scope: Scope): Predicate {
  const expected = scope.fillDeep(predicate.expected);
  return {
    ...predicate,
    expected: isFileName(predicate.name, expected) ? schemaFile(expected, scope) : expected,
    nested: predicate.nested.map((one) => boundPredicate(one, scope)),
  };
}

function namesFile({ name, expected, nested }: Predicate): boolean {
  return isFileName(name, expected) || nested.some(namesFile);
}

function isFileName(name: string, expected: unknown): expected is string {
  return name === 'schema' && typeof expected === 'string';
}

function schemaFile(path: string, scope: Scope): SchemaFile {
  const json = parsedJson(scope.readFile(path).toString('utf8'));
  if (json.kind === 'value') return new SchemaFile(path, json.value);
  throw new BindProblem(`The schema ${JSON.stringify(path)} is ${json.why}.`);
}
