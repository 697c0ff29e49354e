import type { CheckSource, Origin } from '../check-file.ts';
import type { SourcePlace } from '../verdict.ts';
import { pathOf } from './cursor.ts';
import { nameOf, type Positions, placeAt, readPositions } from './positions.ts';

/** The YAML library, loaded by whoever reads the first check file. */
export type Yaml = typeof import('js-yaml');

/** Text as a plain value, or the places where it is not YAML (JSON included). */
export type ParsedText =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'broken'; readonly problems: readonly { message: string; place: SourcePlace }[] };

/** A list of names that is repeated by alias, and no more: what grows with every alias can grow without end. */
const aliasesAtMost = 100;

/** Reads YAML or JSON without positions: a good file needs none. */
export async function parseText(yaml: Yaml, text: string, file: string | undefined): Promise<ParsedText> {
  const plain = parsedJson(text);
  if (plain !== undefined) return { kind: 'value', value: plain };
  if (isBlank(text)) return { kind: 'value', value: null };
  try {
    return { kind: 'value', value: yaml.load(text, { maxAliases: aliasesAtMost }) };
  } catch (error) {
    return { kind: 'broken', problems: await syntaxProblems(yaml, error, text, file) };
  }
}

/** JSON is YAML too, but its own parser is a hundred times faster. */
function parsedJson(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Nothing but space and comments, which is a document without a value. */
function isBlank(text: string): boolean {
  return !/^\s*[^#\s]/m.test(text);
}

/** The fast parser stops at the first thing it cannot read and names it poorly; the other finds and explains them all. */
async function syntaxProblems(yaml: Yaml, error: unknown, text: string, file: string | undefined) {
  const { LineCounter, parseDocument } = await import('yaml');
  const counter = new LineCounter();
  const { errors } = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const at = (line: number, column: number) =>
    file === undefined ? { line, column } : { file, line, column };
  if (errors.length > 0) {
    return errors.map(({ message, pos }) => {
      const { line, col } = counter.linePos(pos[0]);
      return { message: message.split('\n')[0] ?? message, place: at(line, col) };
    });
  }
  const isYaml = error instanceof yaml.YAMLException;
  const { line = 0, column = 0 } = (isYaml ? error.mark : undefined) ?? {};
  const said = isYaml ? error.reason : String(error);
  return [{ message: `The text cannot be read: ${said}.`, place: at(line + 1, column + 1) }];
}

/** A source that reads its text again, with positions, the first time it is asked for a place. */
export function sourceOf(
  yaml: Yaml,
  text: string,
  { file, folder }: Omit<CheckSource, 'place'>,
): CheckSource {
  let positions: Positions | undefined;
  return {
    file,
    folder,
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
