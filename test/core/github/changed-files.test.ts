import { describe, expect, it } from 'vitest';
import { changedFilesOf } from '../../../packages/core/src/github/changed-files.ts';
import { createLedger } from '../../../packages/core/src/ledger/github-ledger.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import { fixedSha } from '../../../packages/local-cloud/src/github/world.ts';
import { demoGitHub, waitingBy } from '../../support/github-emulator.ts';
import { GitHubHttp } from '../../support/github-http.ts';
import { aRunnerContext } from '../../support/ledger-builders.ts';

const ours = 'a'.repeat(40);
const live = 'b'.repeat(40);

/** Three files between the live commit and ours, one of them under a new name. */
const ahead = {
  status: 'ahead',
  merge_base_commit: { sha: live },
  files: [
    { filename: 'src/shop.ts' },
    { filename: 'db/7_tax.sql', previous_filename: 'db/migrate/7.sql' },
    { filename: 'gone.md', status: 'removed' },
  ],
};

const filesOf = (body: unknown) => changedFilesOf({ kind: 'answered', body }, ours, live);

describe('the files between the live commit and ours', () => {
  it('are all that GitHub lists, a renamed one under both its names', () => {
    expect(filesOf(ahead)).toEqual({
      kind: 'known',
      files: ['src/shop.ts', 'db/7_tax.sql', 'db/migrate/7.sql', 'gone.md'],
    });
  });

  it.each([
    [
      'the list may be cut off',
      { ...ahead, files: Array.from({ length: 300 }, (_, file) => ({ filename: `${file}.md` })) },
      'GitHub lists only the first 300 changed files',
    ],
    ['there is no list', { ...ahead, files: undefined }, 'GitHub’s comparison has no list of files'],
    ['a file has no name', { ...ahead, files: [{}] }, 'GitHub’s comparison has no list of files'],
    [
      'ours is older than the live one',
      { ...ahead, status: 'behind', merge_base_commit: { sha: ours } },
      'aaaaaaa does not descend from bbbbbbb, which serves',
    ],
    [
      'the two are on different branches',
      { ...ahead, status: 'diverged', merge_base_commit: { sha: 'c'.repeat(40) } },
      'aaaaaaa does not descend from bbbbbbb, which serves',
    ],
    [
      'the answer contradicts itself',
      { ...ahead, status: 'behind' },
      `GitHub says behind, and that the two meet at ${live}`,
    ],
  ])('are not known when %s', (_, body, why) => {
    expect(filesOf(body)).toEqual({ kind: 'unknown', why });
  });

  it('are not known when GitHub could not be asked', () => {
    expect(changedFilesOf({ kind: 'unknown', why: 'reset' }, ours, live)).toEqual({
      kind: 'unknown',
      why: 'reset',
    });
  });
});

describe('the ledger', () => {
  const { github, clock } = demoGitHub();
  const head = demoCommits.at(-1) ?? '';
  const migration = fixedSha('migration');
  github.seedCommits('acme/shop', [
    { sha: migration, parents: [head], message: 'Add tax', author: 'Ada', files: { 'db/7.sql': 'alter' } },
  ]);

  it('asks GitHub once for two commits, for their files and for their order', async () => {
    const http = new GitHubHttp(github);
    const context = aRunnerContext({ sha: head });
    const ledger = createLedger({
      http,
      clock: waitingBy(clock),
      context,
      token: github.token(),
      warn: () => {},
    });
    expect(await ledger.changedFiles(migration, head)).toEqual({ kind: 'known', files: ['db/7.sql'] });
    expect(await ledger.commitOrder(migration, head)).toEqual({ kind: 'newer', liveCommit: head });
    expect(await ledger.changedFiles(head, head)).toEqual({ kind: 'known', files: [] });
    expect(http.calls).toEqual(['compare.get']);
  });
});
