import { isTooDeep, mostLevels } from './nesting.ts';

/** Text read as JSON, or why it is none: a clause that quotes nothing of it. */
export type JsonText =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'broken'; readonly why: string };

/** Reads JSON as deep as a check can look into it. */
export function parsedJson(text: string): JsonText {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'broken', why: 'not JSON' };
  }
  return isTooDeep(value)
    ? { kind: 'broken', why: `nested too deep: more than ${mostLevels} levels` }
    : { kind: 'value', value };
}
