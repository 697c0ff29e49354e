import { durationText, parseDuration } from '../text/duration.ts';
import { nearest } from '../text/nearest.ts';
import type { Parsed } from '../text/parsed.ts';
import { problem, shown, value } from '../text/parsed.ts';
import type { Input, Presence, Present } from './input.ts';
import { declareInput } from './input.ts';

/** Any text on one line. */
export function text<const P extends Presence>(name: string, options?: P): Input<Present<string, P>> {
  return declareInput(name, options, oneLine);
}

export interface Shape {
  readonly pattern: RegExp;
  /** Completes "it must be …". */
  readonly legal: string;
}

/** Text on one line, of a shape that no other kind has. */
export function matching<const P extends Presence>(
  name: string,
  { pattern, legal }: Shape,
  options?: P,
): Input<Present<string, P>> {
  return declareInput(name, options, (given) =>
    pattern.test(given) ? value(given) : problem(`is ${shown(given)}; it must be ${legal}.`),
  );
}

/** Text of any number of lines, as given. */
export function block<const P extends Presence>(name: string, options?: P): Input<Present<string, P>> {
  return declareInput(name, options, value);
}

/** A path; relative ones start at `working-directory`, which the action resolves. */
export function path<const P extends Presence>(name: string, options?: P): Input<Present<string, P>> {
  return declareInput(name, options, (given) =>
    given.includes('\0') ? problem(`is ${shown(given)}, which holds a NUL character.`) : oneLine(given),
  );
}

/** One of the legal values, exactly as written. */
export function choice<const C extends string, const P extends Presence>(
  name: string,
  legal: readonly C[],
  options?: P,
): Input<Present<C, P>> {
  return declareInput(name, options, (given) => parseChoice(given, legal));
}

/** `true` or `false`, nothing else: YAML's other spellings of a boolean arrive as text. */
export function flag<const P extends Presence>(name: string, options?: P): Input<Present<boolean, P>> {
  return declareInput(name, options, (given) => {
    const parsed = parseChoice(given, ['true', 'false']);
    return parsed.kind === 'value' ? value(parsed.value === 'true') : parsed;
  });
}

export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** A duration with its unit, `90s` or `1h30m`, as milliseconds. `min` and `max` are milliseconds. */
export function duration<const P extends Presence & Bounds>(
  name: string,
  options?: P,
): Input<Present<number, P>> {
  return declareInput(name, options, (given) => {
    const parsed = parseDuration(given);
    return parsed.kind === 'value' ? within(parsed.value, options ?? {}, durationText) : parsed;
  });
}

/**
 * No job lasts longer than five days, and no timer of Node counts more than 24: beyond that it ends at once. Milliseconds.
 */
const longestLimitMs = 120 * 3_600_000;

/** How long something may take: at least a second, and no longer than a job lasts. */
export function timeLimit<const P extends Presence>(
  name: string,
  options?: P,
): Input<Present<number, P & Bounds>> {
  return duration(name, { ...(options as P), min: 1_000, max: longestLimitMs });
}

/** A whole number in digits. */
export function integer<const P extends Presence & Bounds>(
  name: string,
  options?: P,
): Input<Present<number, P>> {
  return declareInput(name, options, (given) => {
    if (!/^-?\d{1,15}$/.test(given)) return problem(`is ${shown(given)}, which is not a whole number.`);
    return within(Number(given), options ?? {}, String);
  });
}

function oneLine(given: string): Parsed<string> {
  return /[\r\n]/.test(given) ? problem(`is ${shown(given)}, which is more than one line.`) : value(given);
}

function parseChoice<C extends string>(given: string, legal: readonly C[]): Parsed<C> {
  const found = legal.find((one) => one === given);
  if (found !== undefined) return value(found);
  const meant = nearest(given, legal);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  return problem(`is ${shown(given)}; it must be one of: ${legal.join(', ')}.${hint}`);
}

function within(number: number, { min, max }: Bounds, asText: (value: number) => string): Parsed<number> {
  if (min !== undefined && number < min) {
    return problem(`is ${asText(number)}; it must be at least ${asText(min)}.`);
  }
  if (max !== undefined && number > max) {
    return problem(`is ${asText(number)}; it must be at most ${asText(max)}.`);
  }
  return value(number);
}
