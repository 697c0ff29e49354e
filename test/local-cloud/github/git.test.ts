import { beforeEach, describe, expect, it } from 'vitest';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import type { GitHub } from '../../../packages/local-cloud/src/github/github.ts';
import { ask } from '../../support/github-client.ts';
import { demoGitHub } from '../../support/github-emulator.ts';

const [, , c2 = '', , , c5 = ''] = demoCommits;
const git = '/repos/acme/shop/git';

let github: GitHub;
let token: string;

beforeEach(() => {
  ({ github } = demoGitHub());
  token = github.token();
});

const get = (path: string) => ask(github, `GET ${git}/${path}`, { token });
const post = (path: string, body: object) => ask(github, `POST ${git}/${path}`, { token, body });
const patch = (path: string, body: object) => ask(github, `PATCH ${git}/${path}`, { token, body });

/** A commit with one file, made as a lock is made. */
async function lockCommit(content: string, parents: readonly string[] = []) {
  const blob = (await post('blobs', { content })).body.sha;
  const entry = { path: 'lock.json', mode: '100644', type: 'blob', sha: blob };
  const tree = (await post('trees', { tree: [entry] })).body.sha;
  return (await post('commits', { message: 'Lock production', tree, parents })).body;
}

describe('a ref', () => {
  it('is created once: the second creation is refused', async () => {
    const body = { ref: 'refs/heads/production-lock', sha: c5 };
    expect((await post('refs', body)).status).toBe(201);
    expect(await post('refs', body)).toMatchObject({
      status: 422,
      body: { message: 'Reference already exists' },
    });
  });

  it('is read by its name, and listed by a prefix', async () => {
    await post('refs', { ref: 'refs/locks/production', sha: c5 });
    await post('refs', { ref: 'refs/locks/staging', sha: c2 });
    expect((await get('ref/locks/production')).body).toMatchObject({
      ref: 'refs/locks/production',
      object: { type: 'commit', sha: c5 },
    });
    expect((await get('matching-refs/locks/')).body.map((ref: { ref: string }) => ref.ref)).toEqual([
      'refs/locks/production',
      'refs/locks/staging',
    ]);
    expect((await get('ref/locks/qa')).status).toBe(404);
  });

  it('moves forward, never back unless forced', async () => {
    await post('refs', { ref: 'refs/heads/stable', sha: c2 });
    expect((await patch('refs/heads/stable', { sha: c5 })).body.object.sha).toBe(c5);
    expect(await patch('refs/heads/stable', { sha: c2 })).toMatchObject({
      status: 422,
      body: { message: 'Update is not a fast forward' },
    });
    expect((await patch('refs/heads/stable', { sha: c2, force: true })).status).toBe(200);
  });

  it('is deleted once', async () => {
    await post('refs', { ref: 'refs/heads/gone', sha: c2 });
    const remove = () => ask(github, `DELETE ${git}/refs/heads/gone`, { token });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(422);
  });

  it.each([
    ['a name outside refs/', { ref: 'heads/x', sha: c5 }],
    ['a name of one part', { ref: 'refs/x', sha: c5 }],
    ['a commit that does not exist', { ref: 'refs/heads/x', sha: 'f'.repeat(40) }],
    ['no commit', { ref: 'refs/heads/x' }],
  ])('is refused with %s', async (_, body) => {
    expect((await post('refs', body)).status).toBe(422);
  });

  it('that does not exist cannot be moved', async () => {
    expect((await patch('refs/heads/nowhere', { sha: c5 })).status).toBe(422);
  });
});

describe('a commit made through the API', () => {
  it('can be read back, down to the content of its file', async () => {
    const made = await lockCommit('{"owner":"ada"}', [c5]);
    const commit = (await get(`commits/${made.sha}`)).body;
    expect(commit).toEqual(made);
    const tree = (await get(`trees/${commit.tree.sha}`)).body.tree;
    expect(tree).toMatchObject([{ path: 'lock.json', type: 'blob', size: 15 }]);
    const blob = (await get(`blobs/${tree[0].sha}`)).body;
    expect(Buffer.from(blob.content, 'base64').toString()).toBe('{"owner":"ada"}');
  });

  it('is named as Git names objects', async () => {
    const { sha } = (await post('blobs', { content: 'hello\n' })).body;
    expect(sha).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
  });

  it('keeps the files of its base tree', async () => {
    const base_tree = (await post('trees', { tree: [{ path: 'a', content: 'a' }] })).body.sha;
    const { body } = await post('trees', { base_tree, tree: [{ path: 'b', content: 'b' }] });
    expect(body.tree.map((entry: { path: string }) => entry.path)).toEqual(['a', 'b']);
  });

  it.each([
    ['commits', { message: 'x', tree: 'f'.repeat(40) }],
    [
      'commits',
      { message: 'x', tree: '4b825dc642cb6eb9a060e54bf8d69288fbee4904', parents: ['f'.repeat(40)] },
    ],
    ['trees', { tree: [{ path: 'a', sha: 'f'.repeat(40) }] }],
    ['trees', {}],
  ])('is refused with objects that do not exist: %s %j', async (path, body) => {
    expect((await post(path, body)).status).toBe(422);
  });
});
