/**
 * Reads what came over the wire: `unknown` in, a typed value or a DecodeError with the path out.
 * Keys that nobody asked for are ignored: APIs grow.
 */
export type Decoder<T> = (value: unknown, path: string) => T;

/** `releases[3].version: expected a number, got null`. */
export class DecodeError extends Error {
  constructor(path: string, expected: string, value: unknown) {
    super(`${path}: expected ${expected}, got ${kindOf(value)}`);
    this.name = 'DecodeError';
  }
}

export const text: Decoder<string> = (value, path) => {
  if (typeof value === 'string') return value;
  throw new DecodeError(path, 'text', value);
};

export const number: Decoder<number> = (value, path) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new DecodeError(path, 'a number', value);
};

export const flag: Decoder<boolean> = (value, path) => {
  if (typeof value === 'boolean') return value;
  throw new DecodeError(path, 'true or false', value);
};

/** Anything, as it came. */
export const anything: Decoder<unknown> = (value) => value;

/** Absent and null are undefined. */
export function optional<T>(decoder: Decoder<T>): Decoder<T | undefined> {
  return (value, path) => (value === undefined || value === null ? undefined : decoder(value, path));
}

export function list<T>(decoder: Decoder<T>): Decoder<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new DecodeError(path, 'a list', value);
    return value.map((item, index) => decoder(item, `${path}[${index}]`));
  };
}

/** An object used as a map. */
export function dictionary<T>(decoder: Decoder<T>): Decoder<Readonly<Record<string, T>>> {
  return (value, path) =>
    Object.fromEntries(entries(value, path).map(([key, item]) => [key, decoder(item, `${path}.${key}`)]));
}

type Shape<T> = { readonly [K in keyof T]: Decoder<T[K]> };

export function object<T extends object>(shape: Shape<T>): Decoder<T> {
  const keys = Object.keys(shape) as (keyof T & string)[];
  return (value, path) => {
    const found = Object.fromEntries(entries(value, path));
    const result: Partial<T> = {};
    for (const key of keys) result[key] = shape[key](found[key], path === '' ? key : `${path}.${key}`);
    return result as T;
  };
}

function entries(value: unknown, path: string): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new DecodeError(path === '' ? 'answer' : path, 'an object', value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'string' ? 'text' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
