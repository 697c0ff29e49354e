import { expect, it } from 'vitest';
import type { GitHubApi } from '../../../packages/core/src/github/api.ts';
import { Redactor } from '../../../packages/core/src/io/redactor.ts';
import { graphqlData } from '../../../packages/core/src/ledger/graphql-data.ts';

it('what GitHub says of a query is cut so that half a secret in it is masked', async () => {
  const secret = 'ghs_0123456789abcdefghijklmnopqrstuvwxyz';
  const message = `${'m'.repeat(270)} ${secret} is not allowed`;
  const answer = { status: 200, headers: {}, text: JSON.stringify({ data: null, errors: [{ message }] }) };
  const api = { graphql: async () => answer } as unknown as GitHubApi;
  const error: unknown = await graphqlData(api, '{ viewer { login } }', {}).catch((thrown) => thrown);
  expect(new Redactor([secret]).redact(String(Object(error).message))).toBe(
    `GraphQL: ${'m'.repeat(270)} ***…`,
  );
});
