import type { SourcePlace } from '../check-result.ts';
import { parseText } from './document.ts';
import type { Yaml } from './yaml-numbers.ts';

export interface SyntaxProblem {
  readonly message: string;
  readonly place: SourcePlace;
}

/** What can be read of a text that is not YAML as a whole. */
export interface Salvaged {
  /** All that is wrong with it as YAML. */
  readonly problems: readonly SyntaxProblem[];
  /** Undefined where nothing can be read. */
  readonly rest: Rest | undefined;
}

export interface Rest {
  readonly value: unknown;
  /** The text it was read from, every line where it was. */
  readonly text: string;
  /** Whether what is wrong in this line is only what was made of it here. */
  isMade(line: number): boolean;
}

/** Looks for the rest of what is wrong: a longer text is read less often. */
function mostTries(text: string): number {
  return text.length > 64 * 1024 ? 3 : 20;
}

/**
 * Reads on behind what is not YAML, so that all that is wrong with a file is told at once: a template without quotes is
 * taken for text, and an item of a list that cannot be read is left out.
 */
export function salvage(yaml: Yaml, written: string, file: string | undefined): Salvaged {
  const problems: SyntaxProblem[] = [];
  const made: (readonly [from: number, to: number])[] = [];
  const lines = written.split('\n');
  for (let tries = mostTries(written); tries > 0; tries--) {
    const text = lines.join('\n');
    const parsed = parseText(yaml, text, file);
    if (parsed.kind === 'value') {
      const isMade = (line: number) => made.some(([from, to]) => line >= from && line <= to);
      return { problems, rest: { value: unveiled(parsed.value), text, isMade } };
    }
    const { place } = parsed.problem;
    if (problems.every((one) => one.place.line !== place.line || one.place.column !== place.column))
      problems.push(parsed.problem);
    if (veil(lines, place)) continue;
    const left = leftOut(lines, place.line - 1);
    if (left === undefined) break;
    made.push(left);
  }
  return { problems, rest: undefined };
}

/** Signs of YAML, each with one that stands for it while a text is read. */
const signs = '{}[],:#&*!|>\'"%@`?-';
const firstVeil = 0xe000;

/** Takes the template that begins at a place out of YAML's sight; false where there is none. */
function veil(lines: string[], { line, column }: SourcePlace): boolean {
  const text = lines[line - 1] ?? '';
  const begins = column - 1;
  const [template] = /^\$\{\{.*?\}\}|^\$\{[^{}]*\}/.exec(text.slice(begins)) ?? [];
  if (template === undefined) return false;
  const veiled = template.replace(/[^\w\s$.]/g, (sign) =>
    signs.includes(sign) ? String.fromCharCode(firstVeil + signs.indexOf(sign)) : sign,
  );
  lines[line - 1] = text.slice(0, begins) + veiled + text.slice(begins + template.length);
  return true;
}

function unveiled(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(/[\ue000-\ue013]/g, (sign) => signs[sign.charCodeAt(0) - firstVeil] ?? sign);
  if (Array.isArray(value)) return value.map(unveiled);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unveiled(one)]));
}

/** Makes an empty item of the one that a line belongs to, or of the one before it; answers its lines, counted from 1. */
function leftOut(lines: string[], at: number): readonly [from: number, to: number] | undefined {
  const from = lines.slice(0, at + 1).findLastIndex((line) => /^\s*- (?!\{\}$)/.test(line));
  if (from < 0) return undefined;
  const depth = indentOf(lines[from] ?? '');
  const ends = lines.findIndex(
    (line, index) => index > from && line.trim() !== '' && indentOf(line) <= depth,
  );
  const to = ends < 0 ? lines.length : ends;
  lines[from] = `${' '.repeat(depth)}- {}`;
  for (let index = from + 1; index < to; index++) lines[index] = '';
  return [from + 1, to];
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
