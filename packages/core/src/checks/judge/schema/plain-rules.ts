import type { Rule } from './asking.ts';
import { broken } from './asking.ts';
import { isObject } from './json.ts';
import { canonical, isMultiple, lengthOf, shown, shownList } from './values.ts';

/** The rule of a keyword whose value is no schema. */
export type MakeRule = (wanted: unknown) => Rule;

const isOfType: Readonly<Record<string, (value: unknown) => boolean>> = {
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  null: (value) => value === null,
  number: (value) => typeof value === 'number',
  object: isObject,
  string: (value) => typeof value === 'string',
};

function typeText(name: string): string {
  return name === 'null' ? 'null' : `${/^[aio]/.test(name) ? 'an' : 'a'} ${name}`;
}

function type(wanted: unknown): Rule {
  const names = [wanted].flat().map(String);
  const tests = names.map((name) => isOfType[name]).filter((test) => test !== undefined);
  const text = names.map(typeText).join(' or ');
  return (value, look) =>
    tests.some((test) => test(value)) || broken(look, `is ${shown(value)}, not ${text}`);
}

function constant(wanted: unknown): Rule {
  const isWanted = isOneOf([wanted]);
  return (value, look) => isWanted(value) || broken(look, `is ${shown(value)}, not ${shown(wanted)}`);
}

function oneOf(wanted: unknown): Rule {
  const values = wanted as readonly unknown[];
  const isWanted = isOneOf(values);
  return (value, look) =>
    isWanted(value) || broken(look, `is ${shown(value)}, not one of ${shownList(values)}`);
}

/** A list or an object is written out only where one may be meant. */
function isOneOf(values: readonly unknown[]): (value: unknown) => boolean {
  const texts = new Set(values.map(canonical));
  const mayHold = values.some((value) => typeof value === 'object' && value !== null);
  return (value) => (mayHold || typeof value !== 'object' || value === null) && texts.has(canonical(value));
}

function ofNumbers(test: (value: number, bound: number) => boolean, text: string): MakeRule {
  return (wanted) => (value, look) =>
    typeof value !== 'number' ||
    test(value, Number(wanted)) ||
    broken(look, `is ${shown(value)}, ${text} ${wanted}`);
}

function atLeast(size: (value: unknown) => number | undefined, unit: string): MakeRule {
  return (wanted) => (value, look) => {
    const found = size(value);
    return found === undefined || found >= Number(wanted) || broken(look, `has fewer than ${wanted} ${unit}`);
  };
}

function atMost(size: (value: unknown) => number | undefined, unit: string): MakeRule {
  return (wanted) => (value, look) => {
    const found = size(value);
    return found === undefined || found <= Number(wanted) || broken(look, `has more than ${wanted} ${unit}`);
  };
}

const characters = (value: unknown) => (typeof value === 'string' ? lengthOf(value) : undefined);
const items = (value: unknown) => (Array.isArray(value) ? value.length : undefined);
const properties = (value: unknown) => (isObject(value) ? Object.keys(value).length : undefined);

function pattern(wanted: unknown): Rule {
  const expression = new RegExp(String(wanted), 'u');
  return (value, look) =>
    typeof value !== 'string' ||
    expression.test(value) ||
    broken(look, `is ${shown(value)}, which does not match ${wanted}`);
}

function uniqueItems(wanted: unknown): Rule {
  if (wanted !== true) return () => true;
  return (value, look) =>
    !Array.isArray(value) ||
    new Set(value.map(canonical)).size === value.length ||
    broken(look, 'has an item twice');
}

function required(wanted: unknown): Rule {
  const names = wanted as readonly string[];
  return (value, look) => {
    if (!isObject(value)) return true;
    const missing = names.filter((name) => !Object.hasOwn(value, name));
    for (const name of missing) broken(look, `has no ${shown(name)}`);
    return missing.length === 0;
  };
}

function dependentRequired(wanted: unknown): Rule {
  const rules = Object.entries(wanted as object).map(([name, names]) => [name, required(names)] as const);
  return (value, look) => {
    if (!isObject(value)) return true;
    return rules
      .filter(([name]) => Object.hasOwn(value, name))
      .map(([, rule]) => rule(value, look))
      .every(Boolean);
  };
}

/** Of draft-07, which asserts them; nothing but these is known. */
function contentEncoding(): Rule {
  const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  return (value, look) =>
    typeof value !== 'string' || base64.test(value) || broken(look, `is ${shown(value)}, no base64`);
}

/** The keywords whose value is no schema. `format` and `contentMediaType` know more than that. */
export const plainRules: Readonly<Record<string, MakeRule>> = {
  type,
  const: constant,
  enum: oneOf,
  minimum: ofNumbers((value, bound) => value >= bound, 'less than'),
  exclusiveMinimum: ofNumbers((value, bound) => value > bound, 'not more than'),
  maximum: ofNumbers((value, bound) => value <= bound, 'more than'),
  exclusiveMaximum: ofNumbers((value, bound) => value < bound, 'not less than'),
  multipleOf: ofNumbers(isMultiple, 'no multiple of'),
  minLength: atLeast(characters, 'characters'),
  maxLength: atMost(characters, 'characters'),
  minItems: atLeast(items, 'items'),
  maxItems: atMost(items, 'items'),
  minProperties: atLeast(properties, 'properties'),
  maxProperties: atMost(properties, 'properties'),
  pattern,
  uniqueItems,
  required,
  dependentRequired,
  contentEncoding,
};

/** JSON, or base64 of it. */
export function contentMediaType(isBase64: boolean): Rule {
  return (value, look) => {
    if (typeof value !== 'string') return true;
    try {
      JSON.parse(isBase64 ? Buffer.from(value, 'base64').toString() : value);
      return true;
    } catch {
      return broken(look, `is ${shown(value)}, no application/json`);
    }
  };
}
