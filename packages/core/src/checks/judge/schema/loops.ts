import { below, type JsonObject } from './json.ts';
import { keywordNamed } from './keywords.ts';
import type { References, SchemaPlace } from './references.ts';

/** References that lead back to themselves and look at the same value all the time: they would be asked without end. */
export class Loops {
  readonly #references: References;

  constructor(references: References) {
    this.#references = references;
  }

  found(): readonly { readonly path: string; readonly message: string }[] {
    const places = [...this.#references.places];
    const nexts = new Map(places.map((place) => [place, this.#next(place)]));
    const befores = reversed(nexts);
    const looping = rest(rest(new Set(places), nexts, befores), befores, nexts);
    const last = [...looping].find((place) => this.#references.target(place, '$ref'));
    const word = last === undefined ? '$dynamicRef' : '$ref';
    const at = last ?? [...looping][0];
    return at === undefined
      ? []
      : [{ path: below(at.path, word), message: 'leads back to itself, and looks at no part of the value' }];
  }

  /** The schemas that are asked of the same value. */
  #next(place: SchemaPlace): readonly SchemaPlace[] {
    const targets = (['$ref', '$dynamicRef'] as const).map((word) => this.#references.target(place, word));
    const inPlace = Object.entries(place.schema as JsonObject)
      .filter(([word]) => keywordNamed(word)?.inPlace)
      .flatMap(([word, value]) => [
        ...(keywordNamed(word)?.holds === 'schema' ? [value] : Object.values(value as object)),
      ]);
    return [...targets, ...inPlace.map((schema) => this.#references.placeOf(schema))].filter(
      (one) => one !== undefined,
    );
  }
}

type Edges = ReadonlyMap<SchemaPlace, readonly SchemaPlace[]>;

function reversed(edges: Edges): Edges {
  const back = new Map<SchemaPlace, SchemaPlace[]>();
  for (const [from, all] of edges)
    for (const to of all) {
      const known = back.get(to);
      if (known === undefined) back.set(to, [from]);
      else known.push(from);
    }
  return back;
}

/** What is left when those that lead to nothing more are taken away, one after the other. */
function rest(places: ReadonlySet<SchemaPlace>, nexts: Edges, befores: Edges): ReadonlySet<SchemaPlace> {
  const left = new Set(places);
  const open = new Map(
    [...left].map((place) => [place, (nexts.get(place) ?? []).filter((one) => left.has(one)).length]),
  );
  const ended = [...left].filter((place) => open.get(place) === 0);
  for (const place of ended) {
    left.delete(place);
    for (const before of befores.get(place) ?? []) {
      if (!left.has(before)) continue;
      const count = (open.get(before) ?? 0) - 1;
      open.set(before, count);
      if (count === 0) ended.push(before);
    }
  }
  return left;
}
