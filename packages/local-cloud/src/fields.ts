import { didYouMean } from './nearest.ts';

/** What a field of a request may hold. */
export interface Field {
  readonly expects: string;
  readonly holds: (value: unknown) => boolean;
  readonly required?: true;
  /** The legal values, where they can be counted. */
  readonly oneOf?: readonly string[];
}

export type Fields = Readonly<Record<string, Field>>;

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

export function wholeFrom(least: number, expects: string): Field {
  return { expects, holds: (value) => Number.isSafeInteger(value) && Number(value) >= least };
}

/** A string that is not empty, such as `expects` says. */
export function text(expects: string): Field {
  return { expects, holds: isText };
}

export function oneOf(names: readonly string[]): Field {
  const holds = (value: unknown) => typeof value === 'string' && names.includes(value);
  return { expects: `one of ${names.join(', ')}`, holds, oneOf: names };
}

export const record: Field = { expects: 'an object', holds: isRecord };

export const texts: Field = {
  expects: 'an object of strings',
  holds: (value) => isRecord(value) && Object.values(value).every((entry) => typeof entry === 'string'),
};

export function required(field: Field): Field {
  return { ...field, required: true };
}

/** Everything that keeps a value from being an object of these fields: what is missing, then what is wrong in its order. */
export function fieldProblems(value: unknown, fields: Fields): readonly string[] {
  if (!isRecord(value))
    return [`expected an object with ${Object.keys(fields).join(', ')}, got ${shown(value)}`];
  const missing = Object.entries(fields).filter(([name, field]) => field.required && !(name in value));
  return [
    ...missing.map(([name, { expects }]) => `${name}: missing; expected ${expects}`),
    ...Object.entries(value).flatMap(([name, held]) => fieldProblem(name, held, fields)),
  ];
}

function fieldProblem(name: string, value: unknown, fields: Fields): readonly string[] {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  const names = Object.keys(fields);
  if (field === undefined) {
    const there = names.length === 0 ? 'there are none' : `the fields are ${names.join(', ')}`;
    return [`${name}: not a field here; ${there}${didYouMean(name, names)}`];
  }
  if (field.holds(value)) return [];
  return [`${name}: expected ${field.expects}, got ${shown(value)}${didYouMean(value, field.oneOf ?? [])}`];
}

export function shown(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
