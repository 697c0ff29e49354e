import { beforeEach, describe, expect, it } from 'vitest';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { fixedSha } from '../../../packages/local-cloud/src/github/world.ts';
import { ask } from '../../support/github-client.ts';
import { demoGitHub } from '../../support/github-emulator.ts';

const [c0 = '', c1 = '', c2 = '', , , c5 = ''] = demoCommits;

let github: GitHub;
let token: string;

beforeEach(() => {
  ({ github } = demoGitHub());
  token = github.token();
});

const get = (path: string) => ask(github, `GET /repos/${path}`, { token });

describe('a commit', () => {
  it.each([
    ['its SHA', c5],
    ['the first seven digits of it', c5.slice(0, 7)],
    ['its branch', 'main'],
    ['its ref', 'heads/main'],
  ])('is found by %s', async (_, name) => {
    const { status, body } = await get(`acme/shop/commits/${name}`);
    expect([status, body.sha, body.commit.message]).toEqual([200, c5, 'Send receipts by mail']);
  });

  it('is not found under a SHA that does not exist', async () => {
    const { status, body } = await get(`acme/shop/commits/${'0'.repeat(40)}`);
    expect([status, body.message]).toEqual([422, `No commit found for SHA: ${'0'.repeat(40)}`]);
  });

  it('is not found in a repository that does not exist', async () => {
    expect((await get(`acme/nothing/commits/${c5}`)).status).toBe(404);
  });

  it('lists its statuses newest first, and no checks', async () => {
    github.seedCommitStatus('acme/shop', c5, { kind: 'status', context: 'build', state: 'pending' });
    github.seedCommitStatus('acme/shop', c5, { kind: 'check', context: 'lint', state: 'failure' });
    github.seedCommitStatus('acme/shop', c5, { kind: 'status', context: 'build', state: 'success' });
    const { body } = await get('acme/shop/commits/main/statuses');
    expect(body.map((status: { context: string; state: string }) => [status.context, status.state])).toEqual([
      ['build', 'success'],
      ['build', 'pending'],
    ]);
  });
});

describe('comparing commits', () => {
  const side = fixedSha('side');
  const merge = fixedSha('merge');
  const alone = fixedSha('alone');

  beforeEach(() => {
    const author = 'Ada Lovelace';
    github.seedRepository({
      owner: 'acme',
      name: 'forked',
      commits: [
        ...[c0, c1, c2].map((sha, index, all) => ({
          sha,
          parents: all.slice(Math.max(0, index - 1), index),
          message: `${index}`,
          author,
        })),
        { sha: side, parents: [c1], message: 'side', author },
        { sha: merge, parents: [c2, side], message: 'merge', author },
        { sha: alone, parents: [], message: 'alone', author },
      ],
      branches: { main: c2, side },
      tags: { v1: c0 },
    });
  });

  it.each([
    ['the same commit', c1, c1, 'identical', 0, 0, c1],
    ['an older head', c2, c0, 'behind', 0, 2, c0],
    ['a newer head', 'v1', 'main', 'ahead', 2, 0, c0],
    ['two branches', 'main', 'side', 'diverged', 1, 1, c1],
    ['a merge, which counts both sides', c1, merge, 'ahead', 3, 0, c1],
    ['one side of a merge', side, merge, 'ahead', 2, 0, side],
  ])('sees %s', async (_, base, head, status, ahead_by, behind_by, mergeBase) => {
    const { body } = await get(`acme/forked/compare/${base}...${head}`);
    expect(body).toMatchObject({ status, ahead_by, behind_by, merge_base_commit: { sha: mergeBase } });
    expect(body.commits).toHaveLength(ahead_by);
  });

  it('lists what head adds, oldest first', async () => {
    const { body } = await get(`acme/forked/compare/${c0}...${c2}`);
    expect(body.commits.map((commit: { sha: string }) => commit.sha)).toEqual([c1, c2]);
  });

  it('lists the files in which head differs from where the two part, and no more than 300', async () => {
    const commit = (name: string, parent: string, files: Record<string, string>) => ({
      sha: fixedSha(name),
      parents: [parent],
      message: name,
      author: 'Ada Lovelace',
      files,
    });
    const many = Object.fromEntries(Array.from({ length: 301 }, (_, file) => [`docs/${file}.md`, 'x']));
    github.seedCommits('acme/shop', [
      commit('code', c5, { 'src/shop.ts': '1', 'README.md': '1' }),
      commit('migration', fixedSha('code'), { 'db/migrate/7.sql': 'alter table', 'src/shop.ts': '2' }),
      commit('docs', fixedSha('migration'), many),
    ]);
    const files = async (base: string, head: string) =>
      (await get(`acme/shop/compare/${base}...${head}?per_page=1`)).body.files.map(
        (file: { status: string; filename: string }) => `${file.status} ${file.filename}`,
      );
    expect(await files(fixedSha('code'), fixedSha('migration'))).toEqual([
      'added db/migrate/7.sql',
      'modified src/shop.ts',
    ]);
    expect(await files(fixedSha('migration'), fixedSha('code'))).toEqual([]);
    expect(await files(fixedSha('migration'), fixedSha('docs'))).toHaveLength(300);
  });

  it.each([
    ['an unknown base', `${'f'.repeat(40)}...main`],
    ['an unknown head', 'main...nowhere'],
    ['a single name', 'main'],
    ['histories that have nothing in common', `main...${alone}`],
  ])('answers 404 for %s', async (_, basehead) => {
    expect((await get(`acme/forked/compare/${basehead}`)).status).toBe(404);
  });
});
