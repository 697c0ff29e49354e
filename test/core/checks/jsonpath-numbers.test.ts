import { expect, it } from 'vitest';
import { loadJsonPaths } from '../../../packages/core/src/checks/judge/jsonpath.ts';

const document = [0, 0.5, 0.05, 5, -0.5, 1, 100];

it.each<[string, readonly unknown[]]>([
  ['$[?@ == 0.5]', [0.5]],
  ['$[?@ > 0.5]', [5, 1, 100]],
  ['$[?@ <= 0.05]', [0, 0.05, -0.5]],
  ['$[?@ == -0.5]', [-0.5]],
  ['$[?@ == 0.5e1]', [5]],
  ['$[?@ == 0.05E+2]', [5]],
  ['$[?@ == 0.5E-1]', [0.05]],
  ['$[?@ == 0e1]', [0]],
  ['$[?@ == 0.0]', [0]],
  ['$[?@ == 0E-1 || @ == 0.50]', [0, 0.5]],
  ['$[?0.5 == @ && @ > 0]', [0.5]],
  ['$[?@ == 1e2]', [100]],
  ['$[?@ == 1.0]', [1]],
  ['$[?(@ == 0.5)]', [0.5]],
])('%s is a query, and gives %j', async (query, nodes) => {
  const paths = await loadJsonPaths();
  expect(paths.problem(query)).toBeUndefined();
  expect(paths.read(query, document, 1000)).toMatchObject({ kind: 'found', value: nodes, nodes });
});

it.each<[string, Readonly<Record<string, number>>, unknown]>([
  ["$['0.5']", { '0.5': 1, '5e-1': 2 }, 1],
  ['$["a\\"0.5"]', { 'a"0.5': 1 }, 1],
  ["$['it\\'s 0.5']", { "it's 0.5": 1 }, 1],
  ['$.x0', { x0: 1 }, 1],
  ['$.ü0', { ü0: 1 }, 1],
])('%s means the name', async (query, names, value) => {
  expect((await loadJsonPaths()).read(query, names, 1000)).toMatchObject({ kind: 'found', value });
});

it.each([
  '$[0.5]',
  '$[0.0]',
  '$[0e1]',
  '$[0.0:1]',
  '$[::0e0]',
  '$[?@ == 00.5]',
  '$[?@ == 01]',
  '$[?@ == -01]',
  '$[?@ == -00.5]',
  '$[?@ == .5]',
  '$[?@ == 0.]',
  '$[?@ == 0.5.5]',
  '$[?@ == 0.5e]',
  '$[?@ == +0.5]',
  '$.a0.5',
])('%s is none', async (query) => {
  expect((await loadJsonPaths()).problem(query)).toBeDefined();
});
