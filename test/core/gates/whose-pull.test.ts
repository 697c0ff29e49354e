import { expect, it } from 'vitest';
import { whosePull } from '../../../packages/core/src/gates/whose-pull.ts';
import type { GitHubApi } from '../../../packages/core/src/github/api.ts';
import { answeringGitHub } from '../../support/answering-github.ts';

/** GitHub, that answers one thing. */
function github(status: number, text: string, headers: Readonly<Record<string, string>> = {}): GitHubApi {
  return answeringGitHub((asked) => {
    expect(asked).toBe('GET pulls/7');
    return { status, text, headers };
  }).api;
}

const pull = (repo: unknown, fields: object = {}) =>
  JSON.stringify({ number: 7, user: { login: 'ada' }, head: { repo }, ...fields });
const permission = 'Give the job the permission `pull-requests: read`.';

it.each<readonly [string, GitHubApi | undefined, readonly [string, string] | undefined]>([
  ['a branch’s', github(200, pull({ full_name: 'ada/shop' })), undefined],
  ['a branch’s, in other letters', github(200, pull({ full_name: 'Ada/SHOP' })), undefined],
  [
    'a fork’s',
    github(200, pull({ full_name: 'eve/shop' })),
    ['fork', 'Deploy from a branch of this repository.'],
  ],
  [
    'that of a fork that was deleted',
    github(200, pull(null)),
    ['fork', 'Deploy from a branch of this repository.'],
  ],
  [
    'one whose repository has no name',
    github(200, pull({})),
    ['fork', 'Deploy from a branch of this repository.'],
  ],
  [
    'Dependabot’s',
    github(200, pull({ full_name: 'ada/shop' }, { user: { login: 'dependabot[bot]' } })),
    ['dependabot', 'Deploy by the push that merging its pull request makes.'],
  ],
  ['unasked without a token', undefined, ['unknown', 'Pass `github-token`.']],
  [
    'unasked without the permission',
    github(403, '{"message":"Resource not accessible"}'),
    ['unknown', permission],
  ],
  [
    'unasked where a private repository hides it',
    github(404, '{"message":"Not Found"}'),
    ['unknown', permission],
  ],
  [
    'unasked at a limit',
    github(403, '{}', { 'x-ratelimit-remaining': '0' }),
    ['unknown', 'Run the job again.'],
  ],
  ['unasked of a GitHub that is down', github(502, '<html>'), ['unknown', 'Run the job again.']],
  [
    'untold by another’s answer',
    github(200, pull({ full_name: 'ada/shop' }, { number: 8 })),
    ['unknown', 'Run the job again.'],
  ],
  ['untold by an answer without a head', github(200, '{"number":7}'), ['unknown', 'Run the job again.']],
  ['untold by a list', github(200, '[]'), ['unknown', 'Run the job again.']],
  ['untold by a page', github(200, '<html>'), ['unknown', 'Run the job again.']],
  ['untold by nothing', github(200, 'null'), ['unknown', 'Run the job again.']],
])('a pull request is %s', async (_, api, expected) => {
  const run = await whosePull(api, 7);
  expect(run && [run.kind, run.next]).toEqual(expected);
});
