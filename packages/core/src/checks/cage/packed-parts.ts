import type { CheckFacts, CheckToAsk, PartFacts } from '../run/prober.ts';

/** Parts as they travel: what thousands of checks have in common is told once, and named by its place in `shared`. */
export interface PackedParts {
  readonly shared: readonly unknown[];
  readonly parts: readonly unknown[];
}

type Fields = Record<string, unknown>;

/** Of a check or a scenario. */
const terms: readonly (keyof CheckFacts)[] = ['retry', 'window', 'watch'];

export function packed(parts: readonly PartFacts[]): PackedParts {
  const places = new Map<unknown, number>();
  const placeOf = (value: unknown): number | undefined => {
    if (value === undefined) return undefined;
    const known = places.get(value) ?? places.size;
    places.set(value, known);
    return known;
  };
  const named = (given: object, keys: readonly string[]): object => {
    const copy: Fields = { ...given };
    for (const key of keys) if (key in copy) copy[key] = placeOf(copy[key]);
    return copy;
  };
  const subject = (one: CheckToAsk) => ({ ...named(one, ['document']), check: named(one.check, terms) });
  const listed = parts.map((part) =>
    part.kind === 'scenario'
      ? {
          ...named(part, ['document']),
          scenario: named(part.scenario, terms),
          steps: part.steps.map(subject),
          last: part.last.map(subject),
        }
      : { ...part, subject: subject(part.subject) },
  );
  return { shared: [...places.keys()], parts: listed };
}

/** The same again, of what came: one object for each that is shared, as where they were read. */
export function unpacked({ shared, parts }: PackedParts): readonly PartFacts[] {
  const restore = (packedFields: unknown, keys: readonly string[]): Fields => {
    const fields = packedFields as Fields;
    for (const key of keys) if (typeof fields[key] === 'number') fields[key] = shared[fields[key]];
    return fields;
  };
  const subject = (one: unknown) => void restore(restore(one, ['document']).check, terms);
  for (const part of parts as readonly Fields[]) {
    if (part.kind !== 'scenario') subject(part.subject);
    else {
      restore(restore(part, ['document']).scenario, terms);
      for (const step of [part.steps, part.last].flat() as readonly unknown[]) subject(step);
    }
  }
  return parts as readonly PartFacts[];
}
