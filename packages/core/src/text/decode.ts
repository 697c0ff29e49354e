/**
 * Reads what came over the wire or was saved by another process: `unknown` in, a typed value or a DecodeError with the
 * path out. Keys that nobody asked for are ignored: APIs grow.
 *
 * Ours, and not valibot: that leaves null null, takes infinity for a number, and is larger in what every action loads at once.
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

/** How many there are. */
export const count: Decoder<number> = (value, path) => {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw new DecodeError(path, 'a whole number from 0', value);
};

/** One of a closed list. */
export function oneOf<const T extends string | number | boolean>(...legal: readonly T[]): Decoder<T> {
  return (value, path) => {
    const found = legal.find((one) => one === value);
    if (found !== undefined) return found;
    throw new DecodeError(path, legal.join(', '), value);
  };
}

/** Anything, as it came. */
export const anything: Decoder<unknown> = (value) => value;

/** Absent and null are undefined. */
export function optional<T>(decoder: Decoder<T>): Decoder<T | undefined> {
  return (value, path) => (value === undefined || value === null ? undefined : decoder(value, path));
}

export function nullable<T>(decoder: Decoder<T>): Decoder<T | null> {
  return (value, path) => (value === null ? null : decoder(value, path));
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

export type Shape<T> = { readonly [K in keyof T]: Decoder<T[K]> };

export function object<T extends object>(shape: Shape<T>): Decoder<T> {
  return sparse(shape, {});
}

/** An object that may lack what is in `more`, and then lacks it once read: null is none of it. */
export function sparse<T extends object, M extends object>(
  shape: Shape<T>,
  more: Shape<M>,
): Decoder<T & Partial<M>> {
  const owed = keysOf(shape);
  const known = keysOf(more);
  return (value, path) => {
    const found = Object.fromEntries(entries(value, path));
    const place = (key: string) => (path === '' ? key : `${path}.${key}`);
    const result: Partial<T> = {};
    for (const key of owed) result[key] = shape[key](found[key], place(key));
    const extra: Partial<M> = {};
    for (const key of known) {
      if (found[key] !== undefined) extra[key] = more[key](found[key], place(key));
    }
    return { ...(result as T), ...extra };
  };
}

function keysOf<T extends object>(shape: T): readonly (keyof T & string)[] {
  return Object.keys(shape) as (keyof T & string)[];
}

/** The value, or undefined where it is not what `decoder` reads. */
export function decoded<T>(decoder: Decoder<T>, value: unknown): T | undefined {
  return orUndefined(() => decoder(value, ''));
}

/** As `decoded`, of JSON. */
export function decodedJson<T>(decoder: Decoder<T>, json: string): T | undefined {
  return orUndefined(() => decoder(JSON.parse(json), ''));
}

function orUndefined<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof DecodeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
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
