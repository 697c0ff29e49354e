import { expect, it } from 'vitest';
import { decideSnapshot } from '../../../actions/fly-deploy/src/decide-snapshot.ts';

const changed = (...files: readonly string[]) => ({ kind: 'known', files }) as const;
const meaning =
  'The data are saved first, and the release is a rollback barrier: a failure is not taken back, and no rollback goes behind it.';

it('without globs the data are always saved, and that makes no barrier', () => {
  expect(decideSnapshot([], changed())).toEqual({ kind: 'take', barrier: false });
});

it.each([
  ['one file', ['db/migrate/7.sql', 'README.md'], 'db/migrate/7.sql'],
  ['several files', ['db/migrate/7.sql', 'db/migrate/8.sql'], 'db/migrate/7.sql and 1 more'],
])('%s that a glob names: the data are saved, and the release is a barrier', (_, files, named) => {
  const why = `\`snapshot-when\` names ${named}. ${meaning}`;
  expect(decideSnapshot(['db/**'], changed(...files))).toEqual({ kind: 'take', barrier: true, why });
});

it('no file that a glob names: nothing is saved', () => {
  expect(decideSnapshot(['db/**'], changed('README.md'))).toEqual({
    kind: 'skip',
    why: 'No file of `snapshot-when` changed since the live release: no snapshot.',
  });
});

it('files that are not known may be migrations', () => {
  expect(decideSnapshot(['db/**'], { kind: 'unknown', why: 'GitHub is down' })).toEqual({
    kind: 'take',
    barrier: true,
    why: `Whether a file of \`snapshot-when\` changed is not known (GitHub is down): it is treated as if one had. ${meaning}`,
  });
});
