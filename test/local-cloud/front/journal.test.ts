import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Cloud, startCloud } from '#local-cloud';
import { echoService } from '../../support/echo-service.ts';
import { proxied } from '../../support/proxied.ts';

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud({ services: [echoService] });
});
beforeEach(() => cloud.reset());
afterAll(() => cloud.close());

const api = 'https://api.echo.test';

describe('the journal', () => {
  it('keeps a request whole, but of the token only its kind and a fingerprint', async () => {
    const before = Date.now();
    await proxied(cloud, `${api}/effects?dry=1`, {
      method: 'POST',
      headers: { authorization: 'Bearer s3cret', 'content-length': '5' },
      body: 'hello',
    });
    const [entry] = cloud.journal.entries();
    expect(entry).toEqual({
      seq: cloud.journal.lastSeq,
      at: expect.any(Number),
      host: 'api.echo.test',
      method: 'POST',
      path: '/effects?dry=1',
      service: 'echo',
      route: 'effects.create',
      headers: {
        host: 'api.echo.test',
        connection: expect.any(String),
        'content-length': '5',
        authorization: 'Bearer sha256:1ec1c26b50d5',
      },
      body: 'hello',
      status: 201,
      ms: expect.any(Number),
      mutation: true,
      fault: null,
      unknown: false,
      error: null,
    });
    expect(entry?.at).toBeGreaterThanOrEqual(before);
  });

  it('keeps the first 64 KiB of a body', async () => {
    await proxied(cloud, `${api}/effects`, { method: 'POST', body: 'x'.repeat(100_000) });
    expect(cloud.journal.entries()[0]?.body).toBe('x'.repeat(65_536));
  });

  it.each([
    { name: 'a POST', method: 'POST', path: '/effects', body: '', mutation: true },
    { name: 'a GET', method: 'GET', path: '/effects', body: '', mutation: false },
    { name: 'a GraphQL query', method: 'POST', path: '/graphql', body: '{"query":"{ a }"}', mutation: false },
    {
      name: 'a GraphQL mutation',
      method: 'POST',
      path: '/graphql',
      body: '{"query":"mutation Do { a }"}',
      mutation: true,
    },
    {
      name: 'the operation asked for by name',
      method: 'POST',
      path: '/graphql',
      body: '{"query":"query Read { a } mutation Do { a }","operationName":"Do"}',
      mutation: true,
    },
    {
      name: 'unreadable GraphQL',
      method: 'POST',
      path: '/graphql',
      body: '{"query":"mutation {"}',
      mutation: false,
    },
    { name: 'GraphQL that is no JSON', method: 'POST', path: '/graphql', body: 'mutation', mutation: false },
  ])('knows whether $name changes something', async ({ method, path, body, mutation }) => {
    await proxied(cloud, `${api}${path}`, { method, body });
    expect(cloud.journal.entries()[0]?.mutation).toBe(mutation);
  });

  it('answers mutations only, and what came after a number', async () => {
    await proxied(cloud, `${api}/effects`, { method: 'POST' });
    await proxied(cloud, `${api}/effects`);
    await proxied(cloud, `${api}/effects`, { method: 'DELETE' });
    const [first] = cloud.journal.entries();
    const methods = (query: Parameters<typeof cloud.journal.entries>[0]) =>
      cloud.journal.entries(query).map(({ method }) => method);
    expect(methods({})).toEqual(['POST', 'GET', 'DELETE']);
    expect(methods({ mutations: true })).toEqual(['POST', 'DELETE']);
    expect(methods({ since: first?.seq ?? 0 })).toEqual(['GET', 'DELETE']);
    expect(methods({ since: first?.seq ?? 0, mutations: true })).toEqual(['DELETE']);
  });

  it('goes on counting after a reset', async () => {
    await proxied(cloud, `${api}/effects`);
    const last = cloud.journal.lastSeq;
    await cloud.reset();
    await proxied(cloud, `${api}/effects`);
    expect(cloud.journal.entries().map(({ seq }) => seq)).toEqual([last + 1]);
  });
});
