import { isNumeral, numberOf } from '../judge/exact-number.ts';
import type { Keyword } from '../judge/schema/keywords.ts';
import { keywordNamed } from '../judge/schema/keywords.ts';
import { isMapping } from '../parse/cursor.ts';
import { filledDeep } from '../parse/template.ts';

/** What a text of a schema is with its variables filled in. */
export interface FilledText {
  readonly value: unknown;
  /** All of it is one variable without a type of its own: it has that of what it is compared with. */
  readonly isOpen: boolean;
}

type Fill = (text: string) => FilledText;

/**
 * A JSON Schema with its variables filled in. One that is a whole value, and comes from the command line, is a number
 * where a keyword takes one, `true` or `false` where that is meant, and under `const` and `enum` all it may stand for.
 */
export function filledSchema(schema: unknown, fill: Fill): unknown {
  if (typeof schema === 'string') return flagOf(fill(schema));
  if (Array.isArray(schema)) return schema.map((one) => filledSchema(one, fill));
  if (!isMapping(schema)) return schema;
  const { const: constant, ...others } = schema;
  const filled = Object.fromEntries(
    Object.entries(others).map(([word, value]) => [word, filledWord(word, value, fill)]),
  );
  if (!Object.hasOwn(schema, 'const')) return filled;
  const forms = formsOf(constant, fill);
  if (forms.length === 1) return { ...filled, const: forms[0] };
  if (!Object.hasOwn(filled, 'enum')) return { ...filled, enum: forms };
  return { ...filled, allOf: [...[filled.allOf ?? []].flat(), { enum: forms }] };
}

function filledWord(word: string, value: unknown, fill: Fill): unknown {
  const keyword = keywordNamed(word);
  if (word === 'enum' && Array.isArray(value)) return value.flatMap((one) => formsOf(one, fill));
  if (keyword === undefined || keyword.holds !== 'value') return filledPart(keyword, value, fill);
  if (typeof value !== 'string') return filledDeep(value, (text) => fill(text).value);
  if (word === 'uniqueItems') return flagOf(fill(value));
  const filled = fill(value);
  const isNumber = keyword.shape?.(1) === undefined && keyword.shape?.('1') !== undefined;
  return isNumber && typeof filled.value === 'string' && isNumeral(filled.value)
    ? numberOf(filled.value)
    : filled.value;
}

/** Schemas by name have names that are no keywords. Under a word that nobody knows a reference may find one. */
function filledPart(keyword: Keyword | undefined, value: unknown, fill: Fill): unknown {
  if (keyword === undefined && typeof value === 'string') return fill(value).value;
  const isByName = keyword?.holds === 'by-name' || keyword?.holds === 'kept';
  if (!isByName || !isMapping(value)) return filledSchema(value, fill);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      // What `dependencies` lists are names.
      Array.isArray(one) ? filledDeep(one, (text) => fill(text).value) : filledSchema(one, fill),
    ]),
  );
}

function flagOf({ value, isOpen }: FilledText): unknown {
  return isOpen && (value === 'true' || value === 'false') ? value === 'true' : value;
}

/** Values that one value of a schema may stand for: two for each variable in it that could be a number or a flag. */
const mostForms = 1024;

/** What a value is compared with: as text, and as what the text may mean. */
function formsOf(written: unknown, fill: Fill): readonly unknown[] {
  if (typeof written === 'string') {
    const filled = fill(written);
    const meant = meaningOf(filled);
    return meant === filled.value ? [meant] : [filled.value, meant];
  }
  if (Array.isArray(written))
    return written.reduce<readonly (readonly unknown[])[]>(
      (lists, item) => combined(lists, formsOf(item, fill), (list, form) => [...list, form]),
      [[]],
    );
  if (!isMapping(written)) return [written];
  return Object.entries(written).reduce<readonly Readonly<Record<string, unknown>>[]>(
    (objects, [key, item]) =>
      combined(objects, formsOf(item, fill), (one, form) => ({ ...one, [key]: form })),
    [{}],
  );
}

function combined<T>(
  parts: readonly T[],
  forms: readonly unknown[],
  join: (part: T, form: unknown) => T,
): readonly T[] {
  // The text alone, where there would be too many.
  const taken = parts.length * forms.length > mostForms ? forms.slice(0, 1) : forms;
  return parts.flatMap((part) => taken.map((form) => join(part, form)));
}

function meaningOf(filled: FilledText): unknown {
  const { value, isOpen } = filled;
  return isOpen && typeof value === 'string' && isNumeral(value) ? numberOf(value) : flagOf(filled);
}
