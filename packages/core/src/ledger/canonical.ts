type JsonMap = Readonly<Record<string, unknown>>;

/** JSON that is the same for the same content, in whatever order its keys came. */
export function canonical(content: unknown): string {
  return JSON.stringify(content ?? null, (_, value) => {
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    return isMap(value) ? Object.fromEntries(sorted(value)) : value;
  });
}

export function sorted(map: JsonMap): (readonly [string, unknown])[] {
  return Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1));
}

export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
