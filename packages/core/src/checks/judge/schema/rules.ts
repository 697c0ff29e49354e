import type { Rule } from './asking.ts';
import { broken, Evaluated } from './asking.ts';
import type { AssertedFormat } from './format-names.ts';
import { isAsserted } from './format-names.ts';
import { allOf, anyOf, conditional, not, oneOf } from './joining-rules.ts';
import { isObject, type JsonObject } from './json.ts';
import {
  contains,
  dependent,
  ofItems,
  ofNamed,
  ofProperties,
  propertyNames,
  unevaluatedItems,
  unevaluatedProperties,
} from './nested-rules.ts';
import { contentMediaType, plainRules } from './plain-rules.ts';
import type { SchemaRead } from './reading.ts';
import type { SchemaPlace } from './references.ts';
import { shown } from './values.ts';

/** Whether a text is of a format. */
export type Formats = Readonly<Record<AssertedFormat, (text: string) => boolean>>;

/** The rule of a schema that has no problem. `formats` are needed where it has one. */
export function ruleOf(read: SchemaRead, formats: Formats | undefined): Rule {
  return new Rules(read, formats).of(read.root);
}

class Rules {
  readonly #read: SchemaRead;
  readonly #formats: Formats | undefined;
  readonly #known = new Map<SchemaPlace, Rule>();
  /** Whether any schema asks for what others have not looked at. */
  readonly #isMarking: boolean;

  constructor(read: SchemaRead, formats: Formats | undefined) {
    this.#read = read;
    this.#formats = formats;
    this.#isMarking = [...read.references.places].some(
      ({ schema }) => isObject(schema) && ('unevaluatedItems' in schema || 'unevaluatedProperties' in schema),
    );
  }

  of(place: SchemaPlace): Rule {
    const { schema } = place;
    if (!isObject(schema)) return schema ? () => true : (_, look) => broken(look, 'is not allowed');
    const before = this.#known.get(place);
    if (before !== undefined) return before;
    // A reference in it may lead back to it.
    let made: Rule | undefined;
    this.#known.set(place, (value, look) => made?.(value, look) ?? true);
    made = this.#made(place, schema);
    this.#known.set(place, made);
    return made;
  }

  #made(place: SchemaPlace, schema: JsonObject): Rule {
    const references = (['$ref', '$dynamicRef'] as const)
      .map((word) => this.#read.references.target(place, word))
      .filter((target) => target !== undefined)
      .map((target) => this.of(target));
    if (this.#read.draft === 'draft-07' && references[0] !== undefined) return references[0];
    const rules = allOf([
      ...references,
      ...this.#joining(schema),
      ...this.#plain(schema),
      ...this.#nested(schema),
    ]);
    if (!this.#isMarking) return rules;
    const rest = allOf(this.#rest(schema));
    return (value, look) => {
      const marks = new Evaluated();
      const own = { ...look, evaluated: marks };
      if (!rules(value, own) || !rest(value, own)) return false;
      look.evaluated?.add(marks);
      return true;
    };
  }

  #plain(schema: JsonObject): readonly Rule[] {
    return Object.entries(schema).flatMap(([word, wanted]) => {
      if (word === 'format') return this.#format(wanted);
      if (word.startsWith('content')) return this.#content(word, schema);
      return Object.hasOwn(plainRules, word) ? [plainRules[word]?.(wanted) ?? (() => true)] : [];
    });
  }

  #format(wanted: unknown): readonly Rule[] {
    const test = isAsserted(wanted) ? this.#formats?.[wanted] : undefined;
    if (test === undefined) return [];
    return [
      (value, look) =>
        typeof value !== 'string' || test(value) || broken(look, `is ${shown(value)}, no ${wanted}`),
    ];
  }

  /** In 2020-12 they describe. */
  #content(word: string, schema: JsonObject): readonly Rule[] {
    if (this.#read.draft === '2020-12') return [];
    if (word === 'contentMediaType') return [contentMediaType(schema.contentEncoding !== undefined)];
    return word === 'contentEncoding' ? [plainRules.contentEncoding?.(schema[word]) ?? (() => true)] : [];
  }

  #joining(schema: JsonObject): readonly Rule[] {
    const {
      allOf: all,
      anyOf: any,
      oneOf: one,
      not: denied,
      if: condition,
      dependentSchemas,
      dependencies,
    } = schema;
    const both = [this.#optional(schema.then), this.#optional(schema.else)];
    return [
      ...(all === undefined ? [] : [allOf(this.#list(all))]),
      ...(any === undefined ? [] : [anyOf(this.#list(any))]),
      ...(one === undefined ? [] : [oneOf(this.#list(one))]),
      ...(denied === undefined ? [] : [not(this.#schema(denied))]),
      ...(condition === undefined ? [] : [conditional(this.#schema(condition), both)]),
      ...[dependentSchemas, dependencies]
        .filter(isObject)
        .map((entries) =>
          dependent(Object.entries(entries).map(([name, one]) => [name, this.#dependency(one)])),
        ),
    ];
  }

  #dependency(one: unknown): Rule {
    return Array.isArray(one) ? (plainRules.required?.(one) ?? (() => true)) : this.#schema(one);
  }

  #nested(schema: JsonObject): readonly Rule[] {
    const { properties, patternProperties, additionalProperties, propertyNames: names } = schema;
    const named = new Map(this.#entries(properties));
    const matching = this.#entries(patternProperties).map(
      ([text, rule]) => [new RegExp(text, 'u'), rule] as const,
    );
    const isSimple = matching.length === 0 && additionalProperties === undefined;
    const others = this.#optional(additionalProperties);
    return [
      ...(isSimple ? [ofNamed(named)] : [ofProperties({ named, matching, others })]),
      ...(names === undefined ? [] : [propertyNames(this.#schema(names))]),
      ...this.#items(schema),
    ];
  }

  #items(schema: JsonObject): readonly Rule[] {
    const { items, prefixItems, additionalItems, contains: wanted, minContains, maxContains } = schema;
    const first = prefixItems ?? (Array.isArray(items) ? items : undefined);
    const rest = Array.isArray(items) ? additionalItems : items;
    const counts = {
      least: minContains as number | undefined,
      most: maxContains as number | undefined,
      marks: this.#read.draft === '2020-12',
    };
    return [
      ...(first === undefined && rest === undefined
        ? []
        : [ofItems(this.#list(first ?? []), this.#optional(rest))]),
      ...(wanted === undefined ? [] : [contains(this.#schema(wanted), counts)]),
    ];
  }

  #rest({ unevaluatedItems: items, unevaluatedProperties: properties }: JsonObject): readonly Rule[] {
    return [
      ...(items === undefined ? [] : [unevaluatedItems(this.#schema(items))]),
      ...(properties === undefined ? [] : [unevaluatedProperties(this.#schema(properties))]),
    ];
  }

  #optional(schema: unknown): Rule | undefined {
    return schema === undefined ? undefined : this.#schema(schema);
  }

  #list(schemas: unknown): readonly Rule[] {
    return (schemas as readonly unknown[]).map((one) => this.#schema(one));
  }

  #entries(schemas: unknown): readonly (readonly [string, Rule])[] {
    return Object.entries(schemas ?? {}).map(([name, one]) => [name, this.#schema(one)] as const);
  }

  #schema(value: unknown): Rule {
    const place = this.#read.references.placeOf(value);
    return this.of(place ?? { schema: value === true, path: '', base: '' });
  }
}
