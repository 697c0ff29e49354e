import { schema as published } from '@octokit/graphql-schema';
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { beforeAll, expect, it } from 'vitest';
import { sdl } from '../../packages/local-cloud/src/github/graphql/schema.ts';

/** What our schema says that the other does not, one line each. */
function departures(ours: GraphQLSchema, theirs: GraphQLSchema): string[] {
  const types = Object.values(ours.getTypeMap()).filter((type) => !type.name.startsWith('__'));
  return types.flatMap((type) => {
    const other = theirs.getType(type.name);
    return other === undefined ? [`type ${type.name}: unknown`] : typeDepartures(type, other);
  });
}

function typeDepartures(type: GraphQLNamedType, other: GraphQLNamedType): string[] {
  if (type.constructor !== other.constructor) return [`type ${type.name}: another kind`];
  if (isEnumType(type) && isEnumType(other)) {
    const unknown = type.getValues().filter(({ name }) => other.getValue(name) === undefined);
    return unknown.map(({ name }) => `${type.name}.${name}: unknown`);
  }
  if (isInputObjectType(type) && isInputObjectType(other)) {
    const theirs = Object.values(other.getFields());
    return argumentDepartures(type.name, Object.values(type.getFields()), theirs);
  }
  if ((isObjectType(type) && isObjectType(other)) || (isInterfaceType(type) && isInterfaceType(other))) {
    return Object.values(type.getFields()).flatMap((field) =>
      fieldDepartures(`${type.name}.${field.name}`, field, other.getFields()[field.name]),
    );
  }
  return [];
}

type Field = GraphQLField<unknown, unknown>;
type Argument = Pick<GraphQLArgument, 'name' | 'type'>;

function fieldDepartures(where: string, field: Field, other: Field | undefined): string[] {
  if (other === undefined) return [`${where}: unknown`];
  const ours = String(field.type);
  const theirs = String(other.type);
  const typed = ours === theirs ? [] : [`${where}: ${ours} instead of ${theirs}`];
  return [...typed, ...argumentDepartures(where, field.args, other.args)];
}

/** Arguments must agree both ways where they are required: leaving one out would accept queries GitHub refuses. */
function argumentDepartures(where: string, ours: readonly Argument[], theirs: readonly Argument[]): string[] {
  const wrong = ours.flatMap((argument) => {
    const other = theirs.find(({ name }) => name === argument.name);
    if (other === undefined) return [`${where}(${argument.name}): unknown`];
    if (String(argument.type) === String(other.type)) return [];
    return [`${where}(${argument.name}): ${argument.type} instead of ${other.type}`];
  });
  const missing = theirs.filter(
    ({ name, type }) => String(type).endsWith('!') && !ours.some((argument) => argument.name === name),
  );
  return [...wrong, ...missing.map(({ name }) => `${where}(${name}): required and missing`)];
}

let github: GraphQLSchema;

beforeAll(() => {
  github = buildSchema(published.idl, { assumeValid: true });
});

it('the emulated schema says nothing that GitHub’s published one does not', () => {
  expect(departures(buildSchema(sdl), github)).toEqual([]);
});

it.each([
  ['type Query { viewers: Int }', 'Query.viewers: unknown'],
  [sdl.replace('commitOid: String!', 'commitOid: String'), 'Deployment.commitOid: String instead of String!'],
  [
    sdl.replace('environments: [String!]', 'environments: [String]'),
    'Repository.deployments(environments): [String] instead of [String!]',
  ],
  [sdl.replace('ref(qualifiedName: String!)', 'ref'), 'Repository.ref(qualifiedName): required and missing'],
  [sdl.replace('    ABANDONED\n', '    GONE\n'), 'DeploymentState.GONE: unknown'],
  [`${sdl} type Shop { id: ID! }`, 'type Shop: unknown'],
])('a departure is seen (%#)', (changed, expected) => {
  expect(departures(buildSchema(changed), github)).toEqual([expected]);
});
