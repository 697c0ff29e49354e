import type { ScalarTagDefinition, Schema } from 'js-yaml';
import { ExactNumber, numberOf } from '../judge/exact-number.ts';

let known: { readonly yaml: Yaml; readonly schema: Schema } | undefined;

/** YAML's core schema, except that no digit of a number is lost: what a double would round is an ExactNumber. */
export function exactSchema(yaml: Yaml): Schema {
  if (known?.yaml !== yaml)
    known = {
      yaml,
      schema: yaml.CORE_SCHEMA.withTags([
        exact(yaml.intCoreTag),
        exact(yaml.floatCoreTag),
        withTextKeys(yaml.mapTag),
      ]),
    };
  return known.schema;
}

function exact(tag: ScalarTagDefinition): ScalarTagDefinition {
  return {
    ...tag,
    resolve(source, isExplicit, tagName) {
      const value = tag.resolve(source, isExplicit, tagName);
      return typeof value === 'number' && source.length > 15 ? exactValue(source, value) : value;
    },
  };
}

function exactValue(source: string, value: number): unknown {
  const [, sign = '', based] = /^([+-]?)(0[xo][\da-f]+)$/i.exec(source) ?? [];
  if (based !== undefined) return numberOf(`${sign}${BigInt(based.toLowerCase())}`);
  return Number.isFinite(value) ? numberOf(source) : value;
}

/** A key is text, whatever its digits look like. */
function withTextKeys(tag: Yaml['mapTag']): Yaml['mapTag'] {
  const plain = (key: unknown) => (key instanceof ExactNumber ? key.toString() : key);
  return {
    ...tag,
    addPair: (map, key, value) => tag.addPair(map, plain(key), value),
    has: (map, key) => tag.has(map, plain(key)),
    get: (map, key) => tag.get(map, plain(key)),
  };
}

/** The YAML library, loaded by whoever reads the first check file. */
export type Yaml = typeof import('js-yaml');
