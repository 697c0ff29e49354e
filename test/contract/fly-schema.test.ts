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
import { describe, expect, it } from 'vitest';

const shared = process.env.BELAY_SHARED ?? new URL('../../../shared', import.meta.url).pathname;
const publishedFile = `${shared}/reference/schemas/fly-graphql.graphql`;
const absent = !existsSync(publishedFile);

function schemaOf(file: string | URL): GraphQLSchema {
  return buildSchema(readFileSync(file, 'utf8'), { assumeValid: true });
}

/** One line for each thing a type promises: `App.image(ref: String!): Image`. */
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

function allPromises(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type))
    .flatMap(promises);
}

describe.skipIf(absent)(`our part of Fly's schema${absent ? ' (skipped: ../shared is absent)' : ''}`, () => {
  it('promises nothing that the published schema does not promise in the same words', () => {
    const ours = schemaOf(
      new URL('../../packages/local-cloud/src/fly/graphql/schema.graphql', import.meta.url),
    );
    const published = schemaOf(publishedFile);
    const known = new Set(allPromises(published));
    expect(allPromises(ours).filter((promise) => !known.has(promise))).toEqual([]);
    expect([ours.getQueryType()?.name, ours.getMutationType()?.name]).toEqual([
      published.getQueryType()?.name,
      published.getMutationType()?.name,
    ]);
  });

  it('leaves out no argument that the published schema requires', () => {
    const ours = new Set(
      allPromises(
        schemaOf(new URL('../../packages/local-cloud/src/fly/graphql/schema.graphql', import.meta.url)),
      ),
    );
    const fieldOf = (promise: string) => promise.replace(/\(.*/, '');
    const fields = new Set([...ours].map((promise) => promise.replace(/[(:].*/, '')));
    const required = allPromises(schemaOf(publishedFile)).filter((promise) => /\(.*!\)$/.test(promise));
    expect(required.filter((promise) => fields.has(fieldOf(promise)) && !ours.has(promise))).toEqual([]);
  });
});
