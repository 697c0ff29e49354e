import { expect, it } from 'vitest';
import { placeOf } from '../../packages/local-runner/src/annotation-place.ts';

function place(properties: Record<string, string>) {
  return placeOf(
    { name: 'error', properties: new Map(Object.entries(properties)), data: '' },
    '/home/ci/shop',
  );
}

it.each([
  { name: 'nothing', properties: {}, expected: {} },
  { name: 'a title', properties: { title: 'Oh' }, expected: { title: 'Oh' } },
  { name: 'a relative file', properties: { file: 'a/b.js' }, expected: { file: 'a/b.js' } },
  { name: 'a file in the workspace', properties: { file: '/home/ci/shop/a.js' }, expected: { file: 'a.js' } },
  { name: 'a file elsewhere', properties: { file: '/etc/hosts' }, expected: { file: '/etc/hosts' } },
  { name: 'a line', properties: { line: '3' }, expected: { line: 3 } },
  { name: 'lines', properties: { line: '3', endline: '5' }, expected: { line: 3, endLine: 5 } },
  {
    name: 'an end line alone, as the line too',
    properties: { endline: '5' },
    expected: { line: 5, endLine: 5 },
  },
  { name: 'an end before the line as nothing', properties: { line: '5', endline: '3' }, expected: {} },
  {
    name: 'columns of a line',
    properties: { line: '3', col: '1', endcolumn: '9' },
    expected: { line: 3, column: 1, endColumn: 9 },
  },
  {
    name: 'an end column alone, as the column too',
    properties: { line: '3', endcolumn: '9' },
    expected: { line: 3, column: 9, endColumn: 9 },
  },
  { name: 'columns without a line as nothing', properties: { col: '1' }, expected: {} },
  {
    name: 'no columns over several lines',
    properties: { line: '3', endline: '5', col: '1' },
    expected: { line: 3, endLine: 5 },
  },
  {
    name: 'no columns that run backwards',
    properties: { line: '3', col: '9', endcolumn: '1' },
    expected: { line: 3 },
  },
  { name: 'a line that is no number as nothing', properties: { line: 'x' }, expected: {} },
])('places an annotation by $name', ({ properties, expected }) => {
  expect(place(properties)).toEqual(expected);
});
