import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { octokitOver } from '../../packages/core/src/github/octokit.ts';
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

// `repos.listDeployments({ ...repository, environment })`: of Octokit's endpoints, each a method and a path.
const { rest } = octokitOver(
  {
    request: () => Promise.reject(new Error('nothing is asked')),
    download: () => Promise.reject(new Error()),
    upload: () => Promise.reject(new Error()),
  },
  { token: '', apiUrl: '', attemptMs: 1 },
);
const calls = sources('packages/core/src/**/*.ts').flatMap((source) =>
  [...codeOf(source).matchAll(/\b(\w+)\.(\w+)\(\{\s*\.\.\.repository\b/g)].map(
    ([, group = '', name = '']) => {
      const endpoint = Object(Object(rest)[group])[name]?.endpoint.DEFAULTS;
      return { file: source.file, name, operation: `${endpoint?.method} ${endpoint?.url}` };
    },
  ),
);

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
  expect(calls.length).toBeGreaterThan(10);
  expect(calls.filter(({ operation }) => !described.includes(operation))).toEqual([]);
});

it('a call is told by its name: every one is made in the form that this test reads', () => {
  const made = sources('packages/core/src/**/*.ts').flatMap((source) => [
    ...codeOf(source).matchAll(/\{ (?:actions|issues|pulls|repos) \}, repository\b/g),
  ]);
  expect(made.length).toBe(calls.length);
});
