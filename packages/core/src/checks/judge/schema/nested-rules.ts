import type { Look, Rule } from './asking.ts';
import { broken, inside, quiet } from './asking.ts';
import { isObject, type JsonObject } from './json.ts';

/** `properties`, `patternProperties` and `additionalProperties` of one schema, each undefined where it is not there. */
export interface OfProperties {
  readonly named: ReadonlyMap<string, Rule> | undefined;
  readonly matching: readonly (readonly [RegExp, Rule])[];
  readonly others: Rule | undefined;
}

/** Each property is asked by the rules that are for it. */
export function ofProperties({ named, matching, others }: OfProperties): Rule {
  return (value, look) => {
    if (!isObject(value)) return true;
    let fits = true;
    for (const name of Object.keys(value)) {
      const rules = [
        named?.get(name),
        ...matching.filter(([pattern]) => pattern.test(name)).map(([, rule]) => rule),
      ];
      const own = rules.filter((rule) => rule !== undefined);
      if (own.length === 0 && others === undefined) continue;
      look.evaluated?.name(name);
      for (const rule of own.length === 0 && others !== undefined ? [others] : own)
        fits = rule(value[name], inside(look, name)) && fits;
      if (!fits && look.say === undefined) return false;
    }
    return fits;
  };
}

/** Where most properties are: only names, no patterns and no rest. */
export function ofNamed(named: ReadonlyMap<string, Rule>): Rule {
  return (value, look) => {
    if (!isObject(value)) return true;
    let fits = true;
    for (const [name, rule] of named) {
      if (!Object.hasOwn(value, name)) continue;
      look.evaluated?.name(name);
      fits = rule(value[name], inside(look, name)) && fits;
      if (!fits && look.say === undefined) return false;
    }
    return fits;
  };
}

export function propertyNames(rule: Rule): Rule {
  return (value, look) => {
    if (!isObject(value)) return true;
    return all(Object.keys(value), look, (name) => rule(name, inside(look, name)));
  };
}

/** The first items, each by a rule of its own, and the rest by one. */
export function ofItems(first: readonly Rule[], rest: Rule | undefined): Rule {
  return (value, look) => {
    if (!Array.isArray(value)) return true;
    look.evaluated?.firstItems(rest === undefined ? Math.min(first.length, value.length) : value.length);
    return allItems(value, look, (index) => first[index] ?? rest);
  };
}

function allItems(
  list: readonly unknown[],
  look: Look,
  ruleOf: (index: number) => Rule | undefined,
): boolean {
  let fits = true;
  for (let index = 0; index < list.length; index++) {
    const rule = ruleOf(index);
    if (rule === undefined) continue;
    fits = rule(list[index], inside(look, index)) && fits;
    if (!fits && look.say === undefined) return false;
  }
  return fits;
}

export interface Counted {
  readonly least: number | undefined;
  readonly most: number | undefined;
  /** Since 2020-12, an item that fits has been looked at. */
  readonly marks: boolean;
}

export function contains(rule: Rule, { least, most, marks }: Counted): Rule {
  return (value, look) => {
    if (!Array.isArray(value)) return true;
    let count = 0;
    for (let index = 0; index < value.length; index++) {
      if (!rule(value[index], quiet)) continue;
      count++;
      if (marks) look.evaluated?.item(index);
    }
    if (count < (least ?? 1))
      return broken(
        look,
        least === undefined
          ? 'has no item that fits `contains`'
          : `has fewer than ${least} items that fit \`contains\``,
      );
    return (
      most === undefined || count <= most || broken(look, `has more than ${most} items that fit \`contains\``)
    );
  };
}

/** What no other keyword has looked at; asked after all others of its schema. */
export function unevaluatedProperties(rule: Rule): Rule {
  return (value, look) => {
    if (!isObject(value)) return true;
    const rest = Object.keys(value).filter((name) => !look.evaluated?.hasName(name));
    const fits = all(rest, look, (name) => rule(value[name], inside(look, name)));
    look.evaluated?.everyName();
    return fits;
  };
}

export function unevaluatedItems(rule: Rule): Rule {
  return (value, look) => {
    if (!Array.isArray(value)) return true;
    const fits = allItems(value, look, (index) => (look.evaluated?.hasItem(index) ? undefined : rule));
    look.evaluated?.firstItems(value.length);
    return fits;
  };
}

/** By the name of a property: what else holds where it is there. */
export function dependent(rules: readonly (readonly [string, Rule])[]): Rule {
  return (value, look) =>
    !isObject(value) ||
    all(rules, look, ([name, rule]) => !Object.hasOwn(value as JsonObject, name) || rule(value, look));
}

function all<T>(list: readonly T[], { say }: Look, fits: (one: T) => boolean): boolean {
  if (say === undefined) return list.every(fits);
  return list.map(fits).every(Boolean);
}
