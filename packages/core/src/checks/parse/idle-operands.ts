import { bytesOf } from '../judge/values.ts';
import { isMapping, shown } from './cursor.ts';
import { isEverywhere, isNowhere } from './idle-patterns.ts';

/** Why an operand as written in the file says nothing of any answer; undefined when it says something. */
export function provesNothing(name: string, expected: unknown, negated = false): string | undefined {
  const written = `\`${negated && isNever[name] ? 'not-' : ''}${name}: ${shown(expected)}\``;
  if (isNever[name]?.(expected) === true)
    return negated
      ? `${written} holds whatever is answered, so it proves nothing. Write what must not be there.`
      : `${written} holds of no answer. Write what must be there.`;
  if (isIdle[name]?.(expected) !== true) return undefined;
  const whatever = name === 'schema' ? 'of every JSON document' : 'whatever is answered';
  return `${written} holds ${whatever}, so it proves nothing. Write what must be there.`;
}

const isIdle: Readonly<Record<string, (expected: unknown) => boolean>> = {
  contains: (expected) =>
    isEmptyPart(expected) || (isMapping(expected) && Object.keys(expected).length === 0),
  'starts-with': isEmptyPart,
  'ends-with': isEmptyPart,
  matches: (expected) => typeof expected === 'string' && isEverywhere(expected),
  schema: (expected) =>
    expected === true || (isMapping(expected) && Object.keys(expected).every(asksNothing)),
};

/** By the predicates whose operand may be such that nothing could ever fulfil it. */
const isNever: Readonly<Record<string, (expected: unknown) => boolean>> = {
  matches: (expected) => typeof expected === 'string' && isNowhere(expected),
  schema: (expected) => expected === false,
};

/** A word of a schema that, without any other, asks nothing. */
function asksNothing(word: string): boolean {
  return remarks.includes(word) || word.startsWith('x-');
}

const remarks: readonly string[] = [
  ...['$schema', '$id', '$comment', '$defs', 'definitions', '$anchor'],
  ...['title', 'description', 'default', 'example', 'examples', 'deprecated', 'readOnly', 'writeOnly'],
];

/** No text, or no bytes. */
function isEmptyPart(expected: unknown): boolean {
  if (expected === '') return true;
  const isBytes = typeof expected === 'string' && /^(hex|base64),/.test(expected);
  return isBytes && bytesOf(expected)?.length === 0;
}
