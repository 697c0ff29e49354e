import { isTooDeep, mostLevels } from '../nesting.ts';
import type { Draft } from './drafts.ts';
import { draftOf, unknownDraft } from './drafts.ts';
import { formatProblem } from './format-names.ts';
import { below, isObject, type JsonObject, quoted, unshared } from './json.ts';
import { type Keyword, keywordNamed } from './keywords.ts';
import { Loops } from './loops.ts';
import { References, type SchemaPlace } from './references.ts';
import { wordOf } from './words.ts';

/** Something about a schema, and where in it: `/properties/a`. */
export interface SchemaNote {
  readonly path: string;
  readonly message: string;
  /** The unknown word that it is about. */
  readonly word?: string;
}

/** A schema as it was read: every schema in it, and where each reference leads. */
export interface SchemaRead {
  readonly draft: Draft;
  readonly root: SchemaPlace;
  readonly references: References;
  /** What is wrong with it; empty when it can be asked. */
  readonly problems: readonly SchemaNote[];
  /** Words that nobody knows. They assert nothing. */
  readonly unknown: readonly SchemaNote[];
}

/** Problems of one schema that are named. */
const mostProblems = 20;

/**
 * Reads a schema (2020-12 unless `$schema` says draft-07) without asking it: all that is wrong with it, and all that
 * would be passed over in silence. `isTemplate`: texts with `${…}` in them are not what they will be, and not judged.
 */
export function readWords(written: unknown, isTemplate = false): SchemaRead {
  const draft = draftOf(isObject(written) ? written.$schema : undefined);
  const reader = new Reader(draft ?? '2020-12', isTemplate);
  if (draft === undefined) reader.problem('', unknownDraft((written as JsonObject).$schema));
  else if (isTooDeep(written)) reader.problem('', `is nested too deep: more than ${mostLevels} levels`);
  else return reader.read(unshared(written));
  return reader.read(true);
}

class Reader {
  readonly #draft: Draft;
  readonly #isTemplate: boolean;
  readonly #problems: SchemaNote[] = [];
  readonly #unknown: SchemaNote[] = [];
  readonly #references: References;

  constructor(draft: Draft, isTemplate: boolean) {
    this.#draft = draft;
    this.#isTemplate = isTemplate;
    this.#references = new References(draft, {
      problem: (path, message) => this.problem(path, message),
      read: (value, path, base) => this.#schema(value, path, base),
    });
  }

  problem(path: string, message: string): void {
    if (this.#problems.length < mostProblems) this.#problems.push({ path, message });
  }

  read(written: unknown): SchemaRead {
    const references = this.#references;
    const root = this.#schema(written, '', undefined);
    references.resolve();
    if (this.#problems.length === 0)
      for (const { path, message } of new Loops(references).found()) this.problem(path, message);
    return {
      draft: this.#draft,
      root,
      references,
      problems: this.#problems,
      unknown: this.#unknown,
    };
  }

  #schema(value: unknown, path: string, base: string | undefined): SchemaPlace {
    if (!isObject(value)) {
      if (typeof value !== 'boolean') this.problem(path, 'must be an object, true or false');
      return { schema: value === true, path, base: base ?? '' };
    }
    const place = this.#references.enter(value, path, base);
    // What stands beside a reference is ignored by draft-07.
    const isReference = this.#draft === 'draft-07' && typeof value.$ref === 'string';
    for (const [word, one] of Object.entries(value)) {
      const keyword = keywordNamed(word);
      const isOfDraft = keyword !== undefined && (keyword.only === undefined || keyword.only === this.#draft);
      if (!isOfDraft) this.#word(word, one, path);
      else if (isReference && !besideReference.includes(word))
        this.problem(
          below(path, word),
          'stands beside `$ref`, and draft-07 passes it over: put both under `allOf`',
        );
      else this.#keyword(keyword, { word, value: one, place });
    }
    return place;
  }

  #word(word: string, value: unknown, path: string): void {
    const here = below(path, word);
    const { kind, ...said } = wordOf(word, value, this.#draft, path === '');
    if ('why' in said) this.problem(here, said.why);
    else if (kind === 'unknown')
      this.#unknown.push({
        path: here,
        word,
        message: `is no keyword, and asserts nothing.${'hint' in said ? said.hint : ''}`,
      });
  }

  #keyword(keyword: Keyword, { word, value, place }: Written): void {
    const here = below(place.path, word);
    const isUnfilled = this.#isTemplate && holdsTemplate(value);
    const wrong = isUnfilled ? undefined : this.#wrongValue(keyword, word, value);
    if (wrong !== undefined) this.problem(here, `must be ${wrong}`);
    if (wrong !== undefined || (isUnfilled && typeof value === 'string')) return;
    this.#say(here, this.#wrongName(word, value, place));
    if (keyword.needs !== undefined && !Object.hasOwn(place.schema as JsonObject, keyword.needs))
      this.#unknown.push({ path: here, word, message: `asserts nothing without \`${keyword.needs}\`.` });
    if (keyword.holds === 'schema' && !Array.isArray(value)) this.#schema(value, here, place.base);
    else if (keyword.holds !== 'value') this.#several(word, value as object, place);
  }

  #several(word: string, schemas: object, { path, base }: SchemaPlace): void {
    for (const [key, one] of Object.entries(schemas)) {
      const here = below(below(path, word), key);
      // draft-07 lists names where it means that they are required.
      if (word === 'dependencies' && Array.isArray(one)) this.#say(here, wrongNames(one));
      else this.#schema(one, here, base);
    }
  }

  #wrongValue(keyword: Keyword, word: string, value: unknown): string | undefined {
    if (word !== 'items' || !Array.isArray(value)) return keyword.shape?.(value);
    if (this.#draft === '2020-12') return 'one schema: 2020-12 writes a list of them as `prefixItems`';
    return value.length === 0 ? 'a schema, or a list of at least one' : undefined;
  }

  /** Of the keywords that name something: a format, a draft, an encoding. */
  #wrongName(word: string, value: unknown, { path }: SchemaPlace): string | undefined {
    if (word === 'format') return formatProblem(String(value));
    if (contents.includes(word) && this.#draft === 'draft-07') return contentProblem(word, value);
    if (word !== '$schema' || path === '' || draftOf(value) === this.#draft) return undefined;
    return `is another draft than that of the whole schema, ${this.#draft}: one schema is of one draft`;
  }

  #say(path: string, message: string | undefined): void {
    if (message !== undefined) this.problem(path, message);
  }
}

function wrongNames(list: readonly unknown[]): string | undefined {
  return list.every((name) => typeof name === 'string') ? undefined : 'must be a list of texts, or a schema';
}

interface Written {
  readonly word: string;
  readonly value: unknown;
  readonly place: SchemaPlace;
}

const besideReference: readonly string[] = ['$ref', '$id', '$schema', '$defs', 'definitions'];

const contents: readonly string[] = ['contentEncoding', 'contentMediaType'];

/** In draft-07 they assert; in 2020-12 they only describe. */
function contentProblem(word: string, value: unknown): string | undefined {
  const known = word === 'contentEncoding' ? 'base64' : 'application/json';
  return value === known
    ? undefined
    : `${quoted(value)} is asserted by draft-07, and only ${known} is supported: say 2020-12 with \`$schema\` where it describes, or leave it out`;
}

function holdsTemplate(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('${');
  return Array.isArray(value) && value.some(holdsTemplate);
}

/** Whether some text in a schema has a variable in it. */
export function hasTemplate(written: unknown): boolean {
  if (!isObject(written))
    return holdsTemplate(written) || (Array.isArray(written) && written.some(hasTemplate));
  return Object.values(written).some(hasTemplate);
}
