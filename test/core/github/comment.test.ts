import { beforeEach, describe, expect, it } from 'vitest';
import { githubApi } from '../../../packages/core/src/github/api.ts';
import { writeComment } from '../../../packages/core/src/github/comment.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { ask } from '../../support/github-client.ts';
import { demoGitHub } from '../../support/github-emulator.ts';
import { GitHubHttp } from '../../support/github-http.ts';
import { aRunnerContext } from '../../support/ledger-builders.ts';

const path = '/repos/acme/shop/issues/7/comments';
const marker = 'review-app shop';
let github: GitHub;
let http: GitHubHttp;
let everything: string;

beforeEach(() => {
  ({ github } = demoGitHub());
  github.seedIssue('acme/shop', { number: 7, title: 'Redraw', author: 'ada' });
  http = new GitHubHttp(github);
  everything = github.token();
});

function write(body: string, { token = everything, create = true } = {}) {
  const api = githubApi(http, aRunnerContext(), token);
  if (api === undefined) throw new Error('there is a token');
  return writeComment(api, { number: 7, marker, body, create });
}

const page = async () => {
  const { body } = await ask(github, `GET ${path}`, { token: everything });
  return body.map((comment: { body: string }) => comment.body);
};
const shown = (text: string) => `${text}\n\n<!-- belay ${marker} -->\n`;

describe('our comment on a pull request', () => {
  it('is written once, and then changed where it is', async () => {
    expect(await write('one')).toEqual({ kind: 'created' });
    expect(await write('two')).toEqual({ kind: 'updated' });
    expect(await page()).toEqual([shown('two')]);
  });

  it('is only changed where nobody asks for a new one', async () => {
    expect(await write('gone', { create: false })).toEqual({ kind: 'absent' });
    expect(await page()).toEqual([]);
  });

  it('is found behind a hundred others', async () => {
    await write('one');
    const [{ id }] = (await ask(github, `GET ${path}`, { token: everything })).body;
    await ask(github, `DELETE /repos/acme/shop/issues/comments/${id}`, { token: everything });
    for (let count = 0; count < 100; count += 1) {
      await ask(github, `POST ${path}`, { token: everything, body: { body: 'chat' } });
    }
    await write('two');
    expect(await write('three')).toEqual({ kind: 'updated' });
    expect((await page()).length).toBe(30);
  });

  it('gives way to an older one that another run wrote in the same moment', async () => {
    const request = http.request.bind(http);
    let raced = false;
    http.request = async (asked) => {
      if (asked.method === 'POST' && asked.url.endsWith('/comments') && !raced) {
        raced = true;
        await ask(github, `POST ${path}`, { token: everything, body: { body: shown('theirs') } });
      }
      return request(asked);
    };
    await write('ours');
    expect(await page()).toEqual([shown('ours')]);
  });

  it.each(['reset-before', 'reset-after', 'status-502'] as const)(
    'is there once when the connection breaks (%s)',
    async (kind) => {
      http.trouble({ route: 'issue-comments.create', kind });
      expect(await write('one')).toEqual({ kind: 'created' });
      expect(await page()).toEqual([shown('one')]);
    },
  );

  it('is given up when the connection breaks again', async () => {
    http.trouble({ route: 'issue-comments.create', kind: 'reset-before', calls: 2 });
    expect(await write('one')).toMatchObject({ kind: 'failed', forbidden: false });
    expect(await page()).toEqual([]);
  });

  it('never is one that another wrote, whatever it says', async () => {
    const mallory = github.token({ login: 'mallory' });
    await ask(github, `POST ${path}`, { token: mallory, body: { body: shown('mine') } });
    expect(await write('one')).toEqual({ kind: 'created' });
    expect(await page()).toEqual([shown('mine'), shown('one')]);
  });

  it('is known for the job’s where GraphQL does not tell who asks', async () => {
    await write('one');
    github.switches.graphql = 'refused';
    expect(await write('two')).toEqual({ kind: 'updated' });
  });

  it('is not written where the token may not', async () => {
    const token = github.token({ permissions: { issues: 'read' } });
    expect(await write('one', { token })).toEqual({
      kind: 'failed',
      why: `POST https://api.github.com${path} → 403 Resource not accessible by integration`,
      forbidden: true,
    });
  });
});
