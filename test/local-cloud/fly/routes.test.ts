import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { flyRoutes, flyWrongStates } from '../../../packages/local-cloud/src/fly/index.ts';

const schemaFile = new URL('../../../packages/local-cloud/src/fly/graphql/schema.graphql', import.meta.url);
const schema = buildSchema(readFileSync(schemaFile, 'utf8'));
const names = flyRoutes.map(({ name }) => name);

describe('the list of routes', () => {
  it('names each route once', () => {
    expect(new Set(names).size).toBe(names.length);
  });

  it.each([
    ['queries', false, schema.getQueryType()],
    ['mutations', true, schema.getMutationType()],
  ])('holds the root fields of GraphQL %s', (_, mutation, type) => {
    const wanted = Object.keys(type?.getFields() ?? {}).map((field) => ({
      name: `graphql.${field}`,
      mutation,
    }));
    expect(flyRoutes).toEqual(expect.arrayContaining(wanted));
  });
});

describe('a wrong state', () => {
  it('exists for routes that only read', () => {
    const reads = flyRoutes.filter(({ mutation }) => !mutation).map(({ name }) => name);
    expect(reads).toEqual(expect.arrayContaining(Object.keys(flyWrongStates)));
  });

  it('shows another image than the one that runs', () => {
    const machine = { id: 'a', image_ref: { tag: 'v2', digest: 'sha256:1' } };
    expect(flyWrongStates['flaps.machines.list']?.([machine])).toEqual([
      { id: 'a', image_ref: { tag: 'v2', digest: `sha256:${'0'.repeat(64)}` } },
    ]);
  });

  it('shows a release that is not complete yet, wherever in the answer it stands', () => {
    const answer = (status: string) => ({ data: { app: { releases: { nodes: [{ version: 2, status }] } } } });
    expect(flyWrongStates['graphql.app.releases']?.(answer('complete'))).toEqual(answer('running'));
  });
});
