import { existsSync, readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';

const shared = process.env.BELAY_SHARED ?? new URL('../../../shared', import.meta.url).pathname;

/** A schema as its platform published it; undefined where the file is absent. */
export function publishedSchema(name: string): string | undefined {
  const file = `${shared}/reference/schemas/${name}`;
  return existsSync(file) ? file : undefined;
}

export function schemaOf(file: string | URL): GraphQLSchema {
  return buildSchema(readFileSync(file, 'utf8'), { assumeValid: true });
}

/** One line for each thing a schema promises: `App.image(ref: String!): Image`. */
export function allPromises(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
    .flatMap(promises);
}

/** Arguments that the published schema requires and ours leaves out, of the fields we have. */
export function missingArguments(ours: GraphQLSchema, published: GraphQLSchema): string[] {
  const own = new Set(allPromises(ours));
  const fields = new Set([...own].map((promise) => promise.replace(/[(:].*/, '')));
  const required = allPromises(published).filter((promise) => /\(.*!\)$/.test(promise));
  return required.filter((promise) => fields.has(promise.replace(/\(.*/, '')) && !own.has(promise));
}

function promises(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => `${type.name}.${name}`);
  if (isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => `${type.name}.${field.name}: ${field.type}`);
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [type.toString()];
  const fields = Object.values(type.getFields()).flatMap((field) => [
    `${type.name}.${field.name}: ${field.type}`,
    ...field.args.map((argument) => `${type.name}.${field.name}(${argument.name}: ${argument.type})`),
  ]);
  return [...fields, ...type.getInterfaces().map((one) => `${type.name} implements ${one.name}`)];
}
