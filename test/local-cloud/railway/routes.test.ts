import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { railwayRoutes } from '#local-cloud';

const schemaFile = new URL(
  '../../../packages/local-cloud/src/railway/graphql/schema.graphql',
  import.meta.url,
);
const schema = buildSchema(readFileSync(schemaFile, 'utf8'));

describe('the list of routes', () => {
  it('holds the root fields of the schema, an upload and a socket, each once', () => {
    const of = (mutation: boolean, fields: object | undefined) =>
      Object.keys(fields ?? {}).map((field) => ({ name: `graphql.${field}`, mutation }));
    expect(railwayRoutes).toEqual([
      ...of(false, schema.getQueryType()?.getFields()).toSorted((one, other) =>
        one.name < other.name ? -1 : 1,
      ),
      ...of(true, schema.getMutationType()?.getFields()).toSorted((one, other) =>
        one.name < other.name ? -1 : 1,
      ),
      { name: 'upload', mutation: true },
      { name: 'subscriptions.connect', mutation: false },
    ]);
  });
});
