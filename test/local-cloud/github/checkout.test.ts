import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CloudClock, commits, github, Images, NodeApps } from '#local-cloud';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { githubRequest } from '../../support/github-client.ts';

let directory: string;
let emulated: GitHub;
const shas: string[] = [];

function git(...args: readonly string[]): string {
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return execFileSync('git', [...args], { cwd: directory, env, encoding: 'utf8' }).trim();
}

function commit(file: string, message: string): void {
  writeFileSync(join(directory, file), message);
  git('add', '.');
  git('-c', 'user.name=Grace', '-c', 'user.email=grace@example.com', 'commit', '--quiet', '-m', message);
  shas.push(git('rev-parse', 'HEAD'));
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'belay-checkout-'));
  git('init', '--quiet', '--initial-branch', 'trunk');
  git('remote', 'add', 'origin', 'git@github.com:grace/ship.git');
  commit('a.txt', 'Begin');
  commit('b.txt', 'Go on\n\nWith a body.');
  commit('c.txt', 'End');
  git('branch', 'older', shas[1] ?? '');
  const clock = new CloudClock();
  emulated = github({ clock, apps: new NodeApps(clock), images: new Images(), repository: directory });
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function ask(path: string) {
  const token = 'demo_github_token';
  const answer = await emulated.handle(
    githubRequest('GET', path, { headers: { authorization: `token ${token}` } }),
  );
  return { status: answer?.status, body: Object(answer?.body) };
}

async function compared(repository: string, basehead: string) {
  const { status, body } = await ask(`/repos/${repository}/compare/${basehead}`);
  const commits: { commit: { message: string } }[] = body.commits ?? [];
  const files: { filename: string }[] = body.files ?? [];
  return [
    status,
    body.status,
    commits.map((one) => one.commit.message),
    files.map(({ filename }) => filename),
  ];
}

describe('the emulated GitHub beside a checkout', () => {
  it.each(['acme/shop', 'grace/ship'])('compares its commits, in %s', async (repository) => {
    const [first, , last] = shas;
    expect(await compared(repository, `${first}...${last}`)).toEqual([
      200,
      'ahead',
      ['Go on\n\nWith a body.', 'End'],
      ['b.txt', 'c.txt'],
    ]);
    expect(await compared(repository, `${last}...${first}`)).toEqual([200, 'behind', [], expect.any(Array)]);
  });

  it('tells of one of them, by its SHA, by the beginning of it, and by a branch', async () => {
    const [, second = ''] = shas;
    const seen = async (name: string) => (await ask(`/repos/grace/ship/commits/${name}`)).body;
    const { sha, commit } = await seen(second);
    expect([sha, commit.message, commit.author.name, commit.author.email]).toEqual([
      second,
      'Go on\n\nWith a body.',
      'Grace',
      'grace@example.com',
    ]);
    expect([(await seen(second.slice(0, 9))).sha, (await seen('older')).sha]).toEqual([second, second]);
  });

  it('knows what was committed since it was asked first', async () => {
    await ask(`/repos/grace/ship/commits/${shas[2]}`);
    commit('d.txt', 'Once more');
    expect(await compared('grace/ship', `${shas[2]}...trunk`)).toEqual([
      200,
      'ahead',
      ['Once more'],
      ['d.txt'],
    ]);
  });

  it("knows the demo's commits as before, which have no ancestor with them", async () => {
    expect(await compared('acme/shop', `${commits.v1}...${commits.v2}`)).toEqual([
      200,
      'ahead',
      ['Speed up the search'],
      [],
    ]);
    const { status, body } = await ask(`/repos/acme/shop/compare/${commits.v1}...${shas[0]}`);
    expect([status, body.message]).toEqual([404, `No common ancestor between ${commits.v1} and ${shas[0]}.`]);
  });

  it.each([
    ['a SHA that nobody has', 'f'.repeat(40)],
    ['a name that nobody gave', 'no-such-branch'],
    ['what git would take for an option', '--all'],
    ['what git would take for an expression', 'HEAD~1'],
    ['what git would take for a path', 'trunk:a.txt'],
  ])('answers 404 for %s', async (_, name) => {
    expect((await ask(`/repos/grace/ship/compare/${encodeURIComponent(name)}...trunk`)).status).toBe(404);
  });

  it('leaves repositories of other names unknown', async () => {
    expect((await ask('/repos/grace/other/commits/trunk')).status).toBe(404);
  });
});
