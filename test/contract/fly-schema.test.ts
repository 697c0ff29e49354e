import { describe, expect, it } from 'vitest';
import { allPromises, missingArguments, publishedSchema, schemaOf } from '../support/schema-promises.ts';

const published = publishedSchema('fly-graphql.graphql') ?? '';
const absent = published === '';
const ours = () =>
  schemaOf(new URL('../../packages/local-cloud/src/fly/graphql/schema.graphql', import.meta.url));

describe.skipIf(absent)(`our part of Fly's schema${absent ? ' (skipped: ../shared is absent)' : ''}`, () => {
  it('promises nothing that the published schema does not promise in the same words', () => {
    const known = new Set(allPromises(schemaOf(published)));
    expect(allPromises(ours()).filter((promise) => !known.has(promise))).toEqual([]);
    expect([ours().getQueryType()?.name, ours().getMutationType()?.name]).toEqual([
      schemaOf(published).getQueryType()?.name,
      schemaOf(published).getMutationType()?.name,
    ]);
  });

  it('leaves out no argument that the published schema requires', () => {
    expect(missingArguments(ours(), schemaOf(published))).toEqual([]);
  });
});
