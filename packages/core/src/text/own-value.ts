/**
 * What a table holds under a name that came from outside; undefined for what it does not hold itself, such as
 * `constructor`, which every object inherits.
 */
export function ownValue<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
