import { readFileSync } from 'node:fs';
import { buildSchema, type DocumentNode, type GraphQLSchema, Kind, parse, print, visit } from 'graphql';

const document = parse(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));
const known = new Map<string, GraphQLSchema>();

/** Our part of Railway's schema, without the fields that an older or newer API has not: `Type.field`. */
export function schemaWithout(missing: readonly string[]): GraphQLSchema {
  const key = missing.join(' ');
  const schema = known.get(key) ?? buildSchema(print(without(missing)));
  known.set(key, schema);
  return schema;
}

function without(missing: readonly string[]): DocumentNode {
  return visit(document, {
    [Kind.OBJECT_TYPE_DEFINITION]: (node) => ({
      ...node,
      fields: (node.fields ?? []).filter(({ name }) => !missing.includes(`${node.name.value}.${name.value}`)),
    }),
  });
}
