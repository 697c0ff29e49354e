import { existsSync, readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import {
  mutations,
  operationOf,
  queries,
  subscriptions,
} from '../../packages/core/src/platforms/railway/api/documents.ts';

const shared = process.env.BELAY_SHARED ?? new URL('../../../shared', import.meta.url).pathname;
const publishedFile = `${shared}/reference/schemas/railway-schema.graphql`;
const absent = !existsSync(publishedFile);

const documents = Object.entries({ queries, mutations, subscriptions }).flatMap(([kind, all]) =>
  Object.entries(all).map(([name, text]) => ({ name: `${kind}.${name}`, text })),
);

describe.skipIf(absent)(`what we ask of Railway${absent ? ' (skipped: ../shared is absent)' : ''}`, () => {
  const published = absent
    ? undefined
    : buildSchema(readFileSync(publishedFile, 'utf8'), { assumeValid: true });

  it.each(documents)('$name fits the published schema', ({ text }) => {
    const problems = published === undefined ? ['no schema'] : validate(published, parse(text));
    expect(problems.map(String)).toEqual([]);
  });
});

describe('what we ask of Railway', () => {
  it('has a name of its own, by which journals and Railway’s logs know it', () => {
    const names = [queries, mutations, subscriptions].map((all) => Object.values(all).map(operationOf));
    expect(names.flat()).not.toContain('unnamed');
    expect(names.map((each) => new Set(each).size)).toEqual(names.map((each) => each.length));
  });
});
