/** Schemas and documents that nobody would write, the same for the same seed. */
export class MadeUp {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  document(depth = 0): unknown {
    const kind = this.#below(depth > 2 ? 5 : 8);
    if (kind < 5)
      return [null, this.#chance(0.5), this.#below(4), this.#below(4) + 0.5, this.#one(words)][kind];
    if (kind === 7) return this.#many(this.#below(4), () => this.document(depth + 1));
    return this.#named(0.5, () => this.document(depth + 1));
  }

  /** With three more under `$defs` that it may refer to. */
  schema(): Readonly<Record<string, unknown>> {
    const $defs = Object.fromEntries(names.map((name) => [name, this.#schema(1)]));
    return { ...this.#keywords(0), $defs };
  }

  #schema(depth: number): unknown {
    if (depth > 3) return this.#chance(0.5) ? { type: this.#one(types) } : this.#chance(0.7);
    return this.#chance(0.08) ? this.#chance(0.6) : this.#keywords(depth);
  }

  #keywords(depth: number): Readonly<Record<string, unknown>> {
    const count = 1 + this.#below(3);
    return Object.assign({}, ...this.#many(count, () => this.#keyword(() => this.#schema(depth + 1))));
  }

  #keyword(within: () => unknown): object {
    const some = (most: number) => this.#many(1 + this.#below(most), within);
    const word = this.#one(keywords);
    if (sized.includes(word) || bounds.includes(word)) return { [word]: 1 + this.#below(3) };
    if (several.includes(word)) return { [word]: some(3) };
    if (byName.includes(word)) return { [word]: this.#named(0.6, within) };
    switch (word) {
      case 'type':
        return { type: [...new Set([this.#one(types), this.#one(types)])] };
      case 'const':
        return { const: this.document(1) };
      case 'enum':
        return { enum: [this.document(1), this.document(1)] };
      case 'required':
        return { required: Object.keys(this.#named(0.4, within)) };
      case 'uniqueItems':
        return { uniqueItems: true };
      case '$ref':
        return { $ref: `#/$defs/${this.#one(names)}` };
      case 'patternProperties':
        return { patternProperties: { [this.#one(patterns)]: within() } };
      case 'if':
        return Object.fromEntries(['if', 'then', 'else'].map((one) => [one, within()]));
      case 'contains':
        return {
          contains: within(),
          ...(this.#chance(0.4) ? { minContains: this.#below(3), maxContains: 2 } : {}),
        };
      default:
        return { [word]: this.#chance(0.4) ? false : within() };
    }
  }

  #named(chance: number, make: () => unknown): Readonly<Record<string, unknown>> {
    return Object.fromEntries(names.filter(() => this.#chance(chance)).map((name) => [name, make()]));
  }

  #many<T>(count: number, make: () => T): T[] {
    return Array.from({ length: count }, make);
  }

  #one<T>(list: readonly T[]): T {
    return list[this.#below(list.length)] as T;
  }

  #chance(share: number): boolean {
    return this.#next() < share;
  }

  #below(count: number): number {
    return Math.floor(this.#next() * count);
  }

  #next(): number {
    this.#state = (this.#state * 1664525 + 1013904223) >>> 0;
    return this.#state / 4294967296;
  }
}

const names = ['a', 'b', 'c'];
const words = ['', 'a', 'ab', 'abc'];
const patterns = ['^a', 'b$', '[ab]', '.*'];
const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const sized = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'];
const bounds = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];
const several = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const byName = ['properties', 'dependentSchemas'];
const single = [
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'items',
  'not',
  'propertyNames',
];
const keywords = [
  ...['type', 'const', 'enum', 'required', 'uniqueItems', '$ref', 'patternProperties', 'if', 'contains'],
  ...[
    'unevaluatedProperties',
    'unevaluatedItems',
    'properties',
    'minItems',
    'minimum',
    'multipleOf',
    'maxLength',
  ],
  ...[...several, ...byName, ...single, ...sized, ...bounds],
];
