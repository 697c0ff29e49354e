import { expect, it } from 'vitest';
import { restoredCommit } from '../../../packages/core/src/deployment/rollback-choice.ts';

const [recorded, other] = ['a'.repeat(40), 'b'.repeat(40)];

it.each([
  ['what is recorded, when nothing is said', recorded, undefined, { commit: recorded, warnings: [] }],
  ['what is said, where nothing is recorded', undefined, other, { commit: other, warnings: [] }],
  ['what both say', recorded, recorded.toUpperCase(), { commit: recorded, warnings: [] }],
  ['unknown, when nobody says it', undefined, undefined, { commit: undefined, warnings: [] }],
  [
    'what is recorded, with a warning, when the two differ',
    recorded,
    other,
    {
      commit: recorded,
      warnings: [
        'v1 was built from aaaaaaaaaaaa, and `commit` says bbbbbbbbbbbb: what is recorded is believed.',
      ],
    },
  ],
])('the commit of the release that is brought back is %s', (_, known, said, commit) => {
  expect(restoredCommit('v1', known, said)).toEqual(commit);
});
