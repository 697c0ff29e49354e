import type { Source } from '../assertion.ts';
import type { Reading } from '../judge/values.ts';
import type { Origin } from '../origin.ts';
import type { SourceGrammars } from '../parse/source-grammar.ts';
import { anyValue, textSource, wholeDuration } from '../parse/source-grammar.ts';
import type { Implied } from './check-type.ts';
import { about } from './named-facts.ts';

/** What may be read of a program that ran to its end, wherever that was. */
export const programSources: SourceGrammars = {
  'exit-code': anyValue,
  stdout: textSource,
  stderr: textSource,
  duration: wholeDuration,
};

/** It exits with 0, unless the check says otherwise. */
export function endsWell(origin: Origin): Implied {
  const source = { name: 'exit-code', argument: undefined };
  const predicate = { name: 'equals', negated: false, expected: 0, nested: [] };
  return { assertion: { source, filters: [], predicate, origin }, unless: about('exit-code') };
}

/** So many of its last lines are shown. */
export const linesKept = 20;

/** How a program ended, and what it printed. */
export interface ProgramEnd {
  /** Undefined where it has none, and `why` says so. */
  readonly exitCode: number | undefined;
  readonly why: string;
  readonly stdout: string;
  /** Without the break of its last line. */
  readonly stderr: string;
  /** Not rounded. */
  readonly durationMs: number;
}

/** What an assertion reads of it. */
export function readProgramEnd({ name }: Source, end: ProgramEnd): Reading {
  switch (name) {
    case 'exit-code':
      return end.exitCode === undefined
        ? { kind: 'missing', note: end.why }
        : { kind: 'found', value: end.exitCode };
    case 'stdout':
      return { kind: 'found', value: withoutLastBreak(end.stdout) };
    case 'stderr':
      return { kind: 'found', value: end.stderr };
    case 'duration':
      return { kind: 'found', value: end.durationMs };
    default:
      return { kind: 'invalid', why: `a program has no ${name}` };
  }
}

/** A line break at the end of what a program printed is none of its text. */
export function withoutLastBreak(text: string): string {
  return text.replace(/\r?\n$/, '');
}
