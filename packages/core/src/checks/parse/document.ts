import type { LineCounter } from 'yaml';
import type { CheckSource, Origin } from '../check-file.ts';
import type { SourcePlace } from '../verdict.ts';
import { pathOf } from './cursor.ts';

/** The YAML library, loaded by whoever reads the first check file. */
export type Yaml = typeof import('yaml');

/** Text as a plain value, or the places where it is not YAML (JSON included). */
export type ParsedText =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'broken'; readonly problems: readonly { message: string; place: SourcePlace }[] };

/** Reads YAML or JSON without positions: they cost as much as the reading itself and a good file needs none. */
export function parseText(yaml: Yaml, text: string, file: string | undefined): ParsedText {
  const plain = parsedJson(text);
  if (plain !== undefined) return { kind: 'value', value: plain };
  try {
    return { kind: 'value', value: yaml.parse(text, { prettyErrors: false, logLevel: 'error' }) };
  } catch {
    return { kind: 'broken', problems: syntaxProblems(yaml, text, file) };
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

function syntaxProblems(yaml: Yaml, text: string, file: string | undefined) {
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length === 0) {
    return [
      {
        message: 'The text cannot be read as YAML: it expands to far more than it says.',
        place: placeAt(lines, 0, file),
      },
    ];
  }
  return document.errors.map((error) => ({
    message: error.message.split('\n')[0] ?? error.message,
    place: placeAt(lines, error.pos[0], file),
  }));
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
      return placeAt(positions.lines, positions.offsetOf(origin, on), file);
    },
  };
}

interface Positions {
  readonly lines: LineCounter;
  offsetOf(origin: Origin, on: 'key' | 'value'): number;
}

function readPositions(yaml: Yaml, text: string): Positions {
  const lines = new yaml.LineCounter();
  const values = new Map<string, number>();
  const keys = new Map<string, number>();
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const paths = new Map<unknown, string>();
  yaml.visit(document, {
    Node(key, node, ancestors) {
      const path = pathWithin(key, ancestors, paths);
      paths.set(node, path);
      if (node.range) (key === 'key' ? keys : values).set(path, node.range[0]);
    },
  });
  return {
    lines,
    offsetOf(origin, on) {
      const path = pathOf(origin);
      for (; path.length > 0; path.pop()) {
        const name = JSON.stringify(path.map(String));
        const offset = (on === 'key' ? keys.get(name) : undefined) ?? values.get(name);
        if (offset !== undefined) return offset;
      }
      return 0;
    },
  };
}

/** The path of a visited node: a pair's key and value share theirs, so that a key can be pointed at. */
function pathWithin(
  key: unknown,
  ancestors: readonly unknown[],
  paths: ReadonlyMap<unknown, string>,
): string {
  const parent = ancestors.at(-1);
  if (typeof key === 'number') return extended(paths.get(parent), String(key));
  if (key !== 'key' && key !== 'value') return '[]';
  const pair = parent as { readonly key: { readonly value?: unknown } };
  return extended(paths.get(ancestors.at(-2)), String(pair.key?.value));
}

function extended(path: string | undefined, key: string): string {
  return JSON.stringify([...(path === undefined ? [] : (JSON.parse(path) as string[])), key]);
}

function placeAt(lines: LineCounter, offset: number, file: string | undefined): SourcePlace {
  const { line, col } = lines.linePos(offset);
  const place = { line: Math.max(1, line), column: Math.max(1, col) };
  return file === undefined ? place : { file, ...place };
}
