import { nearest } from '../../text/nearest.ts';
import type { Extraction, Source } from '../assertion.ts';
import type { Cursor } from './cursor.ts';
import { isMapping, shown } from './cursor.ts';
import { quoted } from './fields.ts';
import { isFilter, readFilters } from './filters.ts';
import type { SourceGrammar, SourceGrammars } from './source-grammar.ts';
import { argumentOf } from './source-grammar.ts';

export interface Words {
  readonly sources: SourceGrammars;
  /** Keys of the same mapping that the caller reads itself. */
  readonly others?: readonly string[];
}

/** Reads `{ jsonpath: $.token, first: true }`: a source and its filters, without a judgement. */
export function readExtraction(at: Cursor, words: Words): Extraction | undefined {
  const begun = readBeginning(at, words);
  if (begun === undefined) return undefined;
  const { source, grammar, first, keys } = begun;
  if (grammar.shorthand !== undefined)
    return first.fail(`\`${first.key}\` judges, and yields no value to keep.`, 'key');
  const mapping = at.value as Readonly<Record<string, unknown>>;
  const second = keys.find((key) => Object.hasOwn(words.sources, key) && !isFilter(key, mapping[key]));
  if (second !== undefined)
    return at
      .child(second, mapping[second])
      .fail(`One source is read here, and ${quoted(second)} is a second.`, 'key');
  return { source, filters: keys.flatMap((key) => readFilters(at.child(key, mapping[key]))) };
}

/** How a mapping begins that names a source first. */
export interface Beginning {
  readonly source: Source;
  readonly grammar: SourceGrammar;
  /** Where the source stands. */
  readonly first: Cursor;
  /** What comes after it. */
  readonly keys: readonly string[];
}

/** Reads the source that an item of the list form begins with. */
export function readBeginning(at: Cursor, { sources, others = [] }: Words): Beginning | undefined {
  if (!isMapping(at.value)) return at.fail(`${beginsWithSource} This is ${shown(at.value)}.`);
  const [name, ...keys] = Object.keys(at.value).filter((key) => !others.includes(key));
  if (name === undefined) return at.fail(beginsWithSource);
  const first = at.child(name, at.value[name]);
  const grammar = Object.hasOwn(sources, name) ? sources[name] : undefined;
  if (grammar === undefined) return first.fail(noSource(name, Object.keys(sources)), 'key');
  const source =
    grammar.shorthand === undefined ? sourceAt(first, name, grammar) : { name, argument: undefined };
  return source && { source, grammar, first, keys };
}

const beginsWithSource = 'A source comes first here, such as { header: x-servers, split: ",", count: 2 }.';

function noSource(name: string, legal: readonly string[]): string {
  const meant = nearest(name, legal);
  const hint = meant === undefined ? `Legal: ${legal.join(', ')}.` : `Did you mean \`${meant}\`?`;
  return `${quoted(name)} is not a source, and a source comes first here. ${hint}`;
}

/** In the list form a keyed source names its argument, any other says `true`. */
function sourceAt(at: Cursor, name: string, grammar: SourceGrammar): Source | undefined {
  const { value } = at;
  if (grammar.keyed) {
    if (typeof value === 'string' && value !== '') return { name, argument: argumentOf(at, value, grammar) };
    return at.fail(`\`${name}\` must name what it reads here, as text, not ${shown(value)}.`);
  }
  if (value === true || value === null) return { name, argument: undefined };
  if (typeof value === 'string' && grammar.views?.includes(value)) return { name, argument: value };
  const legal = ['true', ...(grammar.views ?? [])].join(' or ');
  return at.fail(
    `\`${name}\` must be ${legal} here, and what is done with it stands beside it. This is ${shown(value)}.`,
  );
}
