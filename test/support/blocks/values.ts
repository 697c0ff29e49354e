/** Plain data from YAML, taken as what it should be; what it is not is empty. */
export type Mapping = Readonly<Record<string, unknown>>;

export function mapping(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function scalarText(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
