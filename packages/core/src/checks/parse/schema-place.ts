import { keysOf } from '../judge/schema/json.ts';
import type { Origin } from '../origin.ts';

/** Where a word of a schema stands, for an assertion that has the schema somewhere within; `pointer` as in `/properties/a`. */
export function originInSchema(assertion: Origin, schema: unknown, pointer: string): Origin {
  const whole = originOf(assertion, 'value' in assertion ? assertion.value : undefined, schema);
  return whole === undefined
    ? assertion
    : keysOf(pointer).reduce<Origin>((parent, key) => ({ parent, key }), whole);
}

function originOf(origin: Origin, value: unknown, wanted: unknown): Origin | undefined {
  if (value === wanted) return origin;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, one] of Object.entries(value)) {
    const found = originOf({ parent: origin, key }, one, wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}
