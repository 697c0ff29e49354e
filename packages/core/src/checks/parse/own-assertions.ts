import type { Assertion } from '../assertion.ts';
import type { Fields } from './fields.ts';
import type { SourceGrammars } from './source-grammar.ts';
import { readSource } from './sources.ts';

/**
 * The assertions that stand among the keys of a type's own mapping, as in `tls: { host: a, days-left: { gte: 14 } }`,
 * for `Blueprint.expect`. The mapping must have been opened with the names of `sources` among its keys.
 */
export function readOwnAssertions(given: Fields, sources: SourceGrammars): Assertion[] {
  return Object.keys(sources).flatMap((name) => readSource(given, name, sources));
}
