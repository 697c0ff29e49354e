import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { githubRoutes } from '../../packages/local-cloud/src/github/routes.ts';
import { openApiFile } from '../support/openapi.ts';
import { codeOf, sources } from '../support/sources.ts';

const text = readFileSync(openApiFile, 'utf8');
const { info, paths, components } = JSON.parse(text) as {
  info: { title: string; version: string };
  paths: Record<string, Record<string, object>>;
  components: Record<string, Record<string, object>>;
};

const described = Object.entries(paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
);

// `api.get(`pulls/${number}`)`, `api.post('deployments', body)`, and `list(api, `deployments?${query}`)`, which gets.
const calls = sources('packages/core/src/**/*.ts').flatMap((source) =>
  [
    ...codeOf(source).matchAll(
      /\bapi\??\.(get|post|patch|delete)\(\s*([`'][^`']*|\w+)|\blist\(api, ([`'][^`']*)/g,
    ),
  ].map(([, method = 'get', named, listed]) => ({
    file: source.file,
    method: method.toUpperCase(),
    path: (named ?? listed ?? '').replace(/^[`']/, '').replace(/\?.*$/, ''),
    isWritten: /^[`']/.test(named ?? listed ?? ''),
  })),
);

function operationOf({ method, path }: { method: string; path: string }): string | undefined {
  const asked = `${method} /repos/acme/shop/${path.replace(/\$\{[^}]*\}/g, 'x')}`;
  return described.find((operation) => new RegExp(`^${operation.replace(/\{\w+\}/g, '[^/]+')}$`).test(asked));
}

it('the description of GitHub’s API says of which version it is a part', () => {
  expect(info).toMatchObject({ title: "GitHub's official OpenAPI spec + Octokit extension" });
  expect(info.version).toMatch(/^\d+\.\d+\.\d+$/);
});

it('it holds what the emulator answers, and nothing besides', () => {
  const answered = githubRoutes.flatMap(({ operation }) =>
    operation === undefined ? [] : [`${operation.method} ${operation.path}`],
  );
  expect(described.toSorted()).toEqual(answered.toSorted());
});

it('it holds every schema and every response that it refers to', () => {
  const references = [
    ...new Set([...text.matchAll(/"\$ref":"#\/components\/([^"]+)"/g)].map(([, to]) => to)),
  ];
  const held = Object.entries(components).flatMap(([kind, named]) =>
    Object.keys(named).map((name) => `${kind}/${name}`),
  );
  expect(references.filter((reference) => !held.includes(reference ?? ''))).toEqual([]);
});

it('it holds every operation that Belay calls', () => {
  const written = calls.filter(({ isWritten }) => isWritten);
  expect(written.length).toBeGreaterThan(10);
  expect(written.filter((call) => operationOf(call) === undefined)).toEqual([]);
});

it('a call whose path is put together elsewhere stands in the one function that lists', () => {
  const hidden = calls.filter(({ isWritten }) => !isWritten).map(({ file, path }) => `${file}: ${path}`);
  expect(hidden).toEqual(['packages/core/src/ledger/read-rest.ts: path']);
});
