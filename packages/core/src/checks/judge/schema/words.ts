import { nearest } from '../../../text/nearest.ts';
import { ownValue } from '../../../text/own-value.ts';
import type { Draft } from './drafts.ts';
import { keywordNamed, keywordNames } from './keywords.ts';

/** A word of a schema that is no keyword of its draft: what to make of it. */
export type Word =
  | { readonly kind: 'annotation' }
  /** Asserts nothing here; `hint` is said beside it. */
  | { readonly kind: 'unknown'; readonly hint: string }
  | { readonly kind: 'refused'; readonly why: string };

/** They describe, and assert nothing: those of the drafts, of OpenAPI, and what holds schemas of OpenAPI. */
const annotations: readonly string[] = [
  ...['title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly', '$comment'],
  ...['example', 'discriminator', 'externalDocs', 'xml'],
];

/** At the root of what is a description of a whole interface. */
const openApi: readonly string[] = ['openapi', 'info', 'servers', 'paths', 'components', 'security', 'tags'];

/** What other drafts, and other validators, assert by these words. */
const unsupported: Readonly<Record<string, string>> = {
  id: 'draft-04 has it; write `$id`, or put it under `properties`',
  $recursiveRef: 'it is of 2019-09; write `$ref`, or `$dynamicRef`',
  $recursiveAnchor: 'it is of 2019-09; write `$dynamicAnchor`',
  $vocabulary: 'no vocabulary can be switched on or off here',
  propertyDependencies: 'it is of no draft yet; write `if` and `then`',
  divisibleBy: 'draft-03 has it; write `multipleOf`',
  disallow: 'draft-03 has it; write `not`',
  extends: 'draft-03 has it; write `allOf`',
  optional: 'it is of no draft; leave the name out of `required`',
  formatMinimum: onlyAjv('compare the date by a predicate of the check'),
  formatMaximum: onlyAjv('compare the date by a predicate of the check'),
  formatExclusiveMinimum: onlyAjv('compare the date by a predicate of the check'),
  formatExclusiveMaximum: onlyAjv('compare the date by a predicate of the check'),
  instanceof: onlyAjv('write `type`'),
  typeof: onlyAjv('write `type`'),
  uniqueItemProperties: onlyAjv('compare by a predicate of the check'),
  allRequired: onlyAjv('list the names under `required`'),
  anyRequired: onlyAjv('write `anyOf` with `required`'),
  oneRequired: onlyAjv('write `oneOf` with `required`'),
  patternRequired: onlyAjv('write `required`'),
  prohibited: onlyAjv('write `not` with `required`'),
  range: onlyAjv('write `minimum` and `maximum`'),
  exclusiveRange: onlyAjv('write `exclusiveMinimum` and `exclusiveMaximum`'),
  regexp: onlyAjv('write `pattern`'),
  select: onlyAjv('write `if` and `then`'),
  deepProperties: onlyAjv('write `properties` within `properties`'),
  deepRequired: onlyAjv('write `required` within `properties`'),
  dynamicDefaults: onlyAjv('leave it out'),
  transform: onlyAjv('leave it out'),
  $merge: onlyAjv('write `allOf`'),
  $patch: onlyAjv('write `allOf`'),
  schema: 'the schema itself stands here: what is under it goes one level up',
};

function onlyAjv(instead: string): string {
  return `it is a word of one validator's own; ${instead}`;
}

/** Other words for the same, too far from it to be found by their letters; by their letters alone. */
const synonyms: Readonly<Record<string, string>> = {
  ...meaning('minimum', 'min minval minvalue atleast'),
  ...meaning('maximum', 'max maxval maxvalue atmost'),
  ...meaning('exclusiveMinimum', 'greaterthan morethan'),
  ...meaning('exclusiveMaximum', 'lessthan'),
  ...meaning('minLength', 'minlen minsize minchars length len size'),
  ...meaning('maxLength', 'maxlen maxsize maxchars'),
  ...meaning('minItems', 'mincount'),
  ...meaning('maxItems', 'maxcount'),
  ...meaning('minProperties', 'minprops'),
  ...meaning('maxProperties', 'maxprops'),
  ...meaning('pattern', 'regex regexpattern patternregex'),
  ...meaning('properties', 'props property'),
  ...meaning('required', 'requiredproperties requiredprops requiredfields requiredkeys mandatory'),
  ...meaning('enum', 'values choices allowedvalues enumvalues'),
  ...meaning('const', 'constant equals'),
  ...meaning('additionalProperties', 'additional additionalprops'),
  ...meaning('uniqueItems', 'unique'),
  ...meaning('dependentRequired', 'depends'),
};

function meaning(keyword: string, words: string): Readonly<Record<string, string>> {
  return Object.fromEntries(words.split(' ').map((word) => [word, keyword]));
}

/** Words in use that are near to a keyword by chance. */
const others: readonly string[] = ['note', 'notes', 'tile', 'titles', 'order', 'comment', 'comments'];

/** What is to be made of a word that is no keyword of this draft, and of its value. */
export function wordOf(word: string, value: unknown, draft: Draft, isRoot: boolean): Word {
  if (word.startsWith('x-') || annotations.includes(word)) return { kind: 'annotation' };
  if (isRoot && openApi.includes(word)) return { kind: 'annotation' };
  if (word in Object.prototype) return refused('every object of JavaScript has it: it asserts nothing');
  if (isNullable(word)) return refused(nullable(value, word));
  const why = ownValue(unsupported, word);
  if (why !== undefined) return refused(why);
  const of = keywordNamed(word)?.only;
  if (of !== undefined) return refused(ofOther(word, of, draft));
  if (others.includes(word)) return { kind: 'unknown', hint: '' };
  const meant = keywordNear(word, draft);
  if (meant !== undefined) return { kind: 'refused', why: `is no keyword. Did you mean \`${meant}\`?` };
  const elsewhere = keywordNear(word, otherThan(draft));
  if (elsewhere !== undefined)
    return {
      kind: 'refused',
      why: `is no keyword. If \`${elsewhere}\` was meant, ${ofOther(elsewhere, otherThan(draft), draft)}`,
    };
  const near = nearestOf(word, annotations);
  return { kind: 'unknown', hint: near === undefined ? '' : ` Did you mean \`${near}\`?` };
}

function refused(why: string): Word {
  return { kind: 'refused', why: `is not supported: ${why}` };
}

/** `nullable`, or almost. */
function isNullable(word: string): boolean {
  const letters = bare(word);
  return letters.startsWith('nu') && nearestOf(letters, ['nullable']) !== undefined;
}

function nullable(value: unknown, word: string): string {
  if (word !== 'nullable')
    return `\`nullable\`, if that was meant, is none either: ${nullable(value, 'nullable')}`;
  return value === false
    ? 'it is of OpenAPI 3.0, and says nothing when it is false: leave it out'
    : 'it is of OpenAPI 3.0; write `type: [string, "null"]`, with the type that is meant, or `anyOf` with `type: "null"`';
}

const instead: Readonly<Record<string, string>> = {
  additionalItems: 'write `prefixItems`, and `items` for the rest',
  prefixItems: 'write a list under `items`',
  unevaluatedItems: 'write `additionalItems`',
  unevaluatedProperties: 'write `additionalProperties`',
  dependentRequired: 'write `dependencies`',
  dependentSchemas: 'write `dependencies`',
  $anchor: 'write `$id: "#name"`',
  $dynamicRef: 'write `$ref`',
};

function ofOther(word: string, of: Draft, draft: Draft): string {
  const advice = ownValue(instead, word) ?? 'say so with `$schema`, or leave it out';
  return `it is of ${of}, and this schema is of ${draft}; ${advice}`;
}

function otherThan(draft: Draft): Draft {
  return draft === '2020-12' ? 'draft-07' : '2020-12';
}

/** The keyword that was meant: the same but for its spelling, another word for it, or one of almost the same letters. */
function keywordNear(word: string, draft: Draft): string | undefined {
  return (
    meantBy[draft].get(bare(word)) ??
    ownValue(synonyms, bare(word)) ??
    nearestOf(word, [...meantBy[draft].values()])
  );
}

/** A word that is longer by half is no slip. */
function nearestOf(word: string, names: readonly string[]): string | undefined {
  return nearest(
    word,
    names.filter((name) => Math.abs(name.length - word.length) <= word.length / 3),
  );
}

function bare(word: string): string {
  return word.replace(/[^A-Za-z]/g, '').toLowerCase();
}

/** The keywords of a draft by their letters alone. */
const meantBy: Readonly<Record<Draft, ReadonlyMap<string, string>>> = {
  '2020-12': byLetters('2020-12'),
  'draft-07': byLetters('draft-07'),
};

function byLetters(draft: Draft): ReadonlyMap<string, string> {
  const names = keywordNames(draft).filter((name) => name !== '$schema');
  return new Map(names.map((name) => [bare(name), name]));
}
