import type { CheckSource } from '../check-file.ts';
import type { SourcePlace } from '../check-result.ts';
import { jsonOf } from '../judge/json-text.ts';
import type { Origin } from '../origin.ts';
import { ofWorkflow, pathOf } from './cursor.ts';
import { extentOf } from './extent.ts';
import { nameOf, type Positions, placeAt, readPositions } from './positions.ts';
import type { Yaml } from './yaml-numbers.ts';
import { exactSchema } from './yaml-numbers.ts';

/** Text as a plain value, or the first place where it is not YAML (JSON included). */
export type ParsedText =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'broken'; readonly problem: { readonly message: string; readonly place: SourcePlace } };

/** A list of names that is repeated by alias, and no more: what grows with every alias can grow without end. */
const aliasesAtMost = 100;

/** What aliases may add to what is written: beyond it a file of a few lines fills the memory. */
const repeatedAtMost = 100_000;

/** Reads YAML or JSON without positions: a good file needs none. */
export function parseText(yaml: Yaml, text: string, file: string | undefined): ParsedText {
  const plain = parsedJson(text);
  if (plain !== undefined) return { kind: 'value', value: plain };
  if (isBlank(text)) return { kind: 'value', value: null };
  try {
    return bounded(yaml.load(text, { maxAliases: aliasesAtMost, schema: exactSchema(yaml) }), text, file);
  } catch (error) {
    return { kind: 'broken', problem: syntaxProblem(yaml, error, { text, file }) };
  }
}

/**
 * JSON is YAML too, but its own parser is a hundred times faster. It keeps the last of two equal keys without a word;
 * where keys are missing from what it read, the YAML library says which is there twice.
 */
function parsedJson(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    const value: unknown = jsonOf(text);
    return extentOf(value)?.keys === keysWritten(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** In JSON a string before a colon is a key, and nothing else is. */
function keysWritten(json: string): number {
  let count = 0;
  for (const [, colon] of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?/g)) if (colon !== undefined) count++;
  return count;
}

function bounded(value: unknown, text: string, file: string | undefined): ParsedText {
  const extent = extentOf(value);
  if (extent !== undefined && extent.values <= text.length + repeatedAtMost) return { kind: 'value', value };
  const message =
    extent === undefined
      ? 'An alias (`*name`) stands inside what it repeats. Write out what is meant.'
      : 'The aliases (`*name`) repeat one another until nothing could hold it all. Write out what is meant.';
  return { kind: 'broken', problem: { message, place: placeIn(file, { line: 1, column: 1 }) } };
}

/** Nothing but space and comments, which is a document without a value. */
function isBlank(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(#|$)/.test(line));
}

/** What the library says shortest, said so that the line can be mended. */
const meanings: Readonly<Record<string, string>> = {
  'deficient indentation':
    'a quote, bracket or brace before it is not closed, or this line starts too far left',
  'bad indentation of a mapping entry':
    'a mapping entry starts at the wrong column, or a value with a colon, @ or % in it needs quotes',
};

/** The text may be of a file that was named by mistake; the place says enough. */
function withoutQuotes(reason: string): string {
  return reason.replace(/(: | [!*&<]).*$/s, '').replace(/ ?"[^"]*"/g, '');
}

function syntaxProblem(yaml: Yaml, error: unknown, { text, file }: Written) {
  const isYaml = error instanceof yaml.YAMLException;
  const { line = 0, column = 0 } = (isYaml ? error.mark : undefined) ?? {};
  const bare = bareTemplate(text.split('\n')[line] ?? '', column);
  const place = placeIn(file, { line: line + 1, column: (bare?.column ?? column) + 1 });
  if (bare !== undefined) return { message: bare.message, place };
  const said = isYaml ? (meanings[error.reason] ?? withoutQuotes(error.reason)) : String(error);
  return { message: `This is not YAML: ${said}.`, place };
}

interface Written {
  readonly text: string;
  readonly file: string | undefined;
}

/** Between braces and brackets a `${` without quotes ends the text it begins, and YAML goes wrong at its brace. */
function bareTemplate(line: string, column: number) {
  const begins = line.lastIndexOf('$', column);
  if (begins < 0 || begins + 1 < column - 1 || line[begins + 1] !== '{') return undefined;
  if (line.startsWith('${{', begins)) return { message: ofWorkflow, column: begins };
  const [name = '${'] = /^\$\{[\w-]*\}/.exec(line.slice(begins)) ?? [];
  return {
    message: `Quote it: within braces and brackets YAML reads the \`{\` of ${name} as a mapping. Write "${name}" in quotes.`,
    column: begins,
  };
}

function placeIn(file: string | undefined, place: SourcePlace): SourcePlace {
  return file === undefined ? place : { file, ...place };
}

/** A source that reads its text again, with positions, the first time it is asked for a place. */
export function sourceOf(
  yaml: Yaml,
  text: string,
  { file, folder, files }: Omit<CheckSource, 'place'>,
): CheckSource {
  let positions: Positions | undefined;
  return {
    file,
    folder,
    files,
    place(origin, on = 'value') {
      positions ??= readPositions(yaml, text);
      const { line, column } = placeAt(positions.lines, offsetOf(positions, origin, on));
      return file === undefined ? { line, column } : { file, line, column };
    },
  };
}

function offsetOf(positions: Positions, origin: Origin, on: 'key' | 'value'): number {
  for (const path = pathOf(origin); path.length > 0; path.pop()) {
    const name = nameOf(path);
    const offset = (on === 'key' ? positions.keys.get(name) : undefined) ?? positions.values.get(name);
    if (offset !== undefined) return offset;
  }
  return positions.values.get(nameOf([])) ?? 0;
}
