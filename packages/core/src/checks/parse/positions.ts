import type { Event, ScalarEvent } from 'js-yaml';
import type { Yaml } from './yaml-numbers.ts';

/** Where every value of a document stands, and the key it stands under; offsets by `nameOf` its path. */
export interface Positions {
  readonly values: ReadonlyMap<string, number>;
  readonly keys: ReadonlyMap<string, number>;
  /** The offset each line begins at. */
  readonly lines: readonly number[];
}

export function nameOf(path: readonly (string | number)[]): string {
  return JSON.stringify(path.map(String));
}

/** Reads text that is known to be sound once more, for its positions. */
export function readPositions(yaml: Yaml, text: string): Positions {
  const values = new Map<string, number>();
  const keys = new Map<string, number>();
  const events = yaml.parseEvents(text, {});
  const { DOCUMENT, MAPPING, SEQUENCE, SCALAR, POP } = yaml.EVENT_ID;
  let at = 0;

  function node(path: readonly string[]): void {
    const event = events[at++];
    if (event === undefined || event.type === POP) return;
    if (event.type === DOCUMENT) {
      inside(() => node(path));
      return;
    }
    const offset = offsetOf(event);
    if (offset !== undefined) values.set(nameOf(path), offset);
    if (event.type === SEQUENCE) inside((index) => node([...path, String(index)]));
    if (event.type === MAPPING) {
      inside(() => {
        const key = events[at];
        const name = key?.type === SCALAR ? yaml.getScalarValue(text, key) : '';
        const own = [...path, name];
        if (key?.type === SCALAR) keys.set(nameOf(own), startOf(key));
        // The key itself is a node: read over it before its value.
        node([...own, 'key']);
        node(own);
      });
    }
  }

  function inside(each: (index: number) => void): void {
    for (let index = 0; at < events.length && events[at]?.type !== POP; index++) each(index);
    at++;
  }

  node([]);
  return { values, keys, lines: lineStarts(text) };
}

function offsetOf(event: Event): number | undefined {
  if ('valueStart' in event) return startOf(event);
  if ('start' in event) return event.start;
  return 'anchorStart' in event ? event.anchorStart - 1 : undefined;
}

/** A quoted value begins at its quote. */
function startOf({ valueStart, style }: ScalarEvent): number {
  return style === 2 || style === 3 ? valueStart - 1 : valueStart;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Line and column from 1. */
export function placeAt(lines: readonly number[], offset: number): { line: number; column: number } {
  let [line, after] = [1, lines.length];
  while (line < after) {
    const middle = Math.ceil((line + after) / 2);
    if ((lines[middle - 1] ?? 0) > offset) after = middle - 1;
    else line = middle;
  }
  return { line, column: offset - (lines[line - 1] ?? 0) + 1 };
}
