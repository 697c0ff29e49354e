import { describe, expect, it } from 'vitest';
import { allPromises, missingArguments, publishedSchema, schemaOf } from '../support/schema-promises.ts';

const published = publishedSchema('railway-schema.graphql') ?? '';
const absent = published === '';
const ours = () =>
  schemaOf(new URL('../../packages/local-cloud/src/railway/graphql/schema.graphql', import.meta.url));

describe.skipIf(absent)(
  `our part of Railway's schema${absent ? ' (skipped: ../shared is absent)' : ''}`,
  () => {
    it('promises nothing that the published schema does not promise in the same words', () => {
      const known = new Set(allPromises(schemaOf(published)));
      expect(allPromises(ours()).filter((promise) => !known.has(promise))).toEqual([]);
    });

    it('leaves out no argument that the published schema requires', () => {
      expect(missingArguments(ours(), schemaOf(published))).toEqual([]);
    });

    it('leaves out no value of an enum: whoever meets one has to know it', () => {
      const all = allPromises(schemaOf(published)).filter((promise) => /^\w+\.[A-Z_]+$/.test(promise));
      const known = new Set(allPromises(ours()));
      const enums = new Set([...known].map((promise) => promise.split('.')[0]));
      expect(all.filter((value) => enums.has(value.split('.')[0]) && !known.has(value))).toEqual([]);
    });
  },
);
