import { expect, it } from 'vitest';
import { filesMatching } from '#core';

const migration = 'db/migrate/7_tax.sql';

it.each([
  ['a path with stars', 'db/migrate/*.sql', true],
  ['everything below a folder', 'db/**', true],
  ['the folder itself', 'db/migrate', true],
  ['the folder itself, with a slash', 'db/migrate/', true],
  ['a folder with a star', 'd*/migrate', true],
  ['the file', 'db/migrate/7_tax.sql', true],
  ['a choice', '{db,priv}/**/*.{sql,exs}', true],
  ['a folder of another name', 'db/migrations/**', false],
  ['a name that only begins so', 'db/mig', false],
  ['a file of that name at the root alone', '7_tax.sql', false],
])('a glob names %s', (_, glob, isNamed) => {
  expect(filesMatching([migration, 'README.md'], [glob])).toEqual(isNamed ? [migration] : []);
});

it('a file is named by any of the globs, and told once', () => {
  expect(filesMatching([migration], ['db/**', '**/*.sql', 'docs/**'])).toEqual([migration]);
});
