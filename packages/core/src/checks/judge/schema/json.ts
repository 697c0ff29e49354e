export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy in which nothing stands twice: an alias of YAML is the same object at several places. Its numbers are plain. */
export function unshared(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unshared);
  if (!isObject(value)) return value;
  if (isExactNumber(value)) return value.valueOf();
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, unshared(one)]));
}

/** A document as the library knows them: numbers that keep their digits become plain ones. The same, where it has none. */
export function withPlainNumbers(document: unknown): unknown {
  return holdsExactNumber(document) ? unshared(document) : document;
}

function holdsExactNumber(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsExactNumber);
  if (isExactNumber(value)) return true;
  for (const key in value) if (holdsExactNumber(Reflect.get(value, key))) return true;
  return false;
}

function isExactNumber(value: object): boolean {
  if (Object.getPrototypeOf(value) === Object.prototype || value instanceof Date) return false;
  return typeof value.valueOf?.() === 'number';
}

/** A value of a schema as a message shows it. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(typeof value === 'string' ? value.slice(0, 81) : value) ?? String(value);
  return text.length > 82 ? `${text.slice(0, 81)}…` : text;
}

/** `/properties/a~1b` of a place and a key. */
export function below(path: string, key: string | number): string {
  return `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The keys of a pointer such as `/properties/a~1b`. */
export function keysOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}
