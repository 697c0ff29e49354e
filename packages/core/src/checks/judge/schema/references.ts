import type { Draft } from './drafts.ts';
import { below, isObject, type JsonObject, keysOf, quoted } from './json.ts';

/** A schema within a schema. */
export interface SchemaPlace {
  readonly schema: JsonObject | boolean;
  /** As in `/properties/a`. */
  readonly path: string;
  /** What relative references in it start from. */
  readonly base: string;
}

/** A reference as written, and where it leads once that is known. */
export interface Reference {
  readonly from: SchemaPlace;
  readonly word: '$ref' | '$dynamicRef';
  readonly text: string;
}

interface Door {
  problem(path: string, message: string): void;
  /** Reads what nobody has looked at yet: a reference may lead into a word that is no keyword. */
  read(value: unknown, path: string, base: string): SchemaPlace;
}

/** Where a schema without an `$id` stands. Nothing is ever fetched. */
const nowhere = 'https://schema.invalid/';

/** The schemas of one document by their addresses, and where its references lead. */
export class References {
  readonly #draft: Draft;
  readonly #door: Door;
  readonly #places = new Map<object, SchemaPlace>();
  readonly #resources = new Map<string, SchemaPlace>();
  readonly #anchors = new Map<string, SchemaPlace>();
  readonly #dynamic = new Map<string, SchemaPlace[]>();
  readonly #open: Reference[] = [];
  readonly #targets = new Map<SchemaPlace, Map<Reference['word'], SchemaPlace>>();

  constructor(draft: Draft, door: Door) {
    this.#draft = draft;
    this.#door = door;
  }

  get places(): Iterable<SchemaPlace> {
    return this.#places.values();
  }

  placeOf(schema: unknown): SchemaPlace | undefined {
    return isObject(schema) ? this.#places.get(schema) : undefined;
  }

  /** Where the reference of a schema leads; undefined where it has none. */
  target(from: SchemaPlace, word: Reference['word']): SchemaPlace | undefined {
    return this.#targets.get(from)?.get(word);
  }

  /** Notes a schema, its names, and the references in it. */
  enter(schema: JsonObject, path: string, base: string | undefined): SchemaPlace {
    const outer = base ?? nowhere;
    const isHidden = this.#draft === 'draft-07' && typeof schema.$ref === 'string';
    const id = isHidden ? undefined : this.#id(schema.$id, path, outer);
    const place: SchemaPlace = { schema, path, base: id?.address ?? outer };
    this.#places.set(schema, place);
    if (base === undefined) this.#resources.set(place.base, place);
    else if (id?.isResource) this.#name(this.#resources, id.address, { place, word: '$id' });
    if (id?.anchor) this.#anchor(id.anchor, place, '$id');
    if (this.#draft === '2020-12') this.#ownNames(place, schema);
    for (const word of ['$ref', '$dynamicRef'] as const) {
      const text = schema[word];
      if (typeof text === 'string' && !text.includes('${')) this.#open.push({ from: place, word, text });
    }
    return place;
  }

  /** Looks for what every reference leads to; those that lead nowhere are problems. */
  resolve(): void {
    // What is found may be read only now, and have references of its own.
    for (const reference of this.#open) {
      const target = this.#find(reference);
      if (target === undefined) continue;
      const known = this.#targets.get(reference.from) ?? new Map<Reference['word'], SchemaPlace>();
      this.#targets.set(reference.from, known.set(reference.word, target));
    }
  }

  #id(written: unknown, path: string, base: string) {
    if (typeof written !== 'string' || written.includes('${')) return undefined;
    const url = absolute(written, base);
    const here = below(path, '$id');
    if (url === undefined) return void this.#door.problem(here, `${quoted(written)} is no address`);
    const { address, fragment } = url;
    if (fragment !== '' && this.#draft === '2020-12')
      return void this.#door.problem(here, 'must have no fragment: a name within a schema is an `$anchor`');
    return { address, isResource: !written.startsWith('#'), anchor: fragment };
  }

  #ownNames(place: SchemaPlace, { $anchor, $dynamicAnchor }: JsonObject): void {
    if (typeof $anchor === 'string') this.#anchor($anchor, place, '$anchor');
    if (typeof $dynamicAnchor !== 'string') return;
    if ($dynamicAnchor !== $anchor) this.#anchor($dynamicAnchor, place, '$dynamicAnchor');
    this.#dynamic.set($dynamicAnchor, [...(this.#dynamic.get($dynamicAnchor) ?? []), place]);
  }

  #anchor(name: string, place: SchemaPlace, word: string): void {
    if (/^[A-Za-z_][\w.-]*$/.test(name) || this.#draft === 'draft-07')
      this.#name(this.#anchors, `${place.base}#${name}`, { place, word });
    else this.#door.problem(below(place.path, word), 'must be a name: letters, digits, `-`, `_` and `.`');
  }

  #name(
    names: Map<string, SchemaPlace>,
    address: string,
    { place, word }: { place: SchemaPlace; word: string },
  ): void {
    const other = names.get(address);
    if (other === undefined) names.set(address, place);
    else
      this.#door.problem(
        below(place.path, word),
        `${quoted((place.schema as JsonObject)[word])} is taken: ${other.path || 'the root'} has the same`,
      );
  }

  #find({ from, word, text }: Reference): SchemaPlace | undefined {
    const here = below(from.path, word);
    const url = absolute(text, from.base);
    const fragment = url && decoded(url.fragment);
    const resource = url && this.#resources.get(url.address);
    const isOwn = text.startsWith('#') || resource !== undefined;
    if (!isOwn)
      return void this.#door.problem(here, `${quoted(text)} leads out of this schema: nothing is fetched`);
    const found =
      resource && fragment !== undefined
        ? this.#within(resource, fragment, `${url.address}#${fragment}`)
        : undefined;
    if (found === undefined)
      return void this.#door.problem(here, `${quoted(text)} leads nowhere in this schema`);
    if (word === '$dynamicRef' && !this.#isFixed(found, fragment ?? ''))
      return void this.#door.problem(
        here,
        `is not supported where several schemas have the \`$dynamicAnchor\` ${quoted(fragment)}: write \`$ref\``,
      );
    return found;
  }

  /** With a single schema of that dynamic name there is nothing else that it may lead to. */
  #isFixed({ schema }: SchemaPlace, name: string): boolean {
    if (!isObject(schema) || schema.$dynamicAnchor !== name) return true;
    return (this.#dynamic.get(name)?.length ?? 0) <= 1;
  }

  #within(resource: SchemaPlace, fragment: string, address: string): SchemaPlace | undefined {
    if (fragment === '') return resource;
    if (!fragment.startsWith('/')) return this.#anchors.get(address);
    let value: unknown = resource.schema;
    let { path, base } = resource;
    for (const key of keysOf(fragment)) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
      if (Array.isArray(value) && !/^(0|[1-9]\d*)$/.test(key)) return undefined;
      value = Reflect.get(value, key);
      path = below(path, key);
      base = this.placeOf(value)?.base ?? base;
    }
    if (typeof value !== 'boolean' && !isObject(value)) return undefined;
    return this.placeOf(value) ?? this.#door.read(value, path, base);
  }
}

function absolute(text: string, base: string): { address: string; fragment: string } | undefined {
  const url = URL.parse(text, base);
  if (url === null) return undefined;
  const fragment = url.hash.slice(1);
  url.hash = '';
  return { address: url.href, fragment };
}

function decoded(fragment: string): string | undefined {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return undefined;
  }
}
