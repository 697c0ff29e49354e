import { describe, expect, it } from 'vitest';
import { openRailwayApi } from '../../../../../packages/core/src/platforms/railway/api/open-api.ts';
import {
  parseRailwayToken,
  type RailwayToken,
} from '../../../../../packages/core/src/platforms/railway/token/token.ts';
import {
  describeRailwayToken,
  railwayTokenAdvice,
} from '../../../../../packages/core/src/platforms/railway/token/token-advice.ts';
import { tokenConflict } from '../../../../../packages/core/src/platforms/railway/token/token-input.ts';
import { whoIsRailwayToken } from '../../../../../packages/core/src/platforms/railway/token/who-is.ts';
import { manualClock } from '../../../../support/manual-clock.ts';
import { type RailwayScript, railwayHttp, refusal } from '../../../../support/railway-answers.ts';

const shop = { id: 'p1', name: 'shop' };
const production = { id: 'e1', name: 'production' };
const acme = { id: 'w1', name: 'Acme' };
const noProjectToken = refusal('Project Token not found');
const notAuthorized = refusal('Not Authorized');

async function whoIs(script: RailwayScript) {
  const http = railwayHttp(script);
  const asking = whoIsRailwayToken({ http, clock: manualClock() }, ' Bearer secret-token ');
  const token = await asking.then(
    (told) => told,
    ({ code, what }) => ({ code, what }),
  );
  const asked = http.answers.calls.map(({ operation, headers }) => `${operation} ${Object.keys(headers)}`);
  return { token, asked };
}

describe('a token’s kind', () => {
  it('is that of a project where it knows its environment', async () => {
    const projectToken = { id: 't1', name: 'ci', project: shop, environment: production };
    expect(await whoIs({ ProjectToken: { data: { projectToken } } })).toEqual({
      token: { value: 'secret-token', kind: 'project', project: shop, environment: production },
      asked: ['ProjectToken project-access-token'],
    });
  });

  it.each([
    ['workspace', notAuthorized],
    ['account', { data: { me: { id: 'u1' } } }],
  ])('is that of %s by whether it knows its owner', async (kind, Me) => {
    const ApiToken = { data: { apiToken: { workspaces: [acme] } } };
    expect(await whoIs({ ProjectToken: noProjectToken, ApiToken, Me })).toEqual({
      token: { value: 'secret-token', kind, workspaces: [acme] },
      asked: ['ProjectToken project-access-token', 'ApiToken authorization', 'Me authorization'],
    });
  });

  it('is none where every kind is refused, and each refusal is told', async () => {
    expect((await whoIs({ ProjectToken: noProjectToken, ApiToken: notAuthorized })).token).toEqual({
      code: 'token-rejected',
      what: 'Railway refused the token as every kind there is: Project Token not found; Not Authorized',
    });
  });

  it('opens the API, which sends it as what it is from then on', async () => {
    const http = railwayHttp({
      ProjectToken: { data: { projectToken: { id: 't1', project: shop, environment: production } } },
      Plan: { data: { project: { subscriptionType: 'hobby' } } },
    });
    const api = await openRailwayApi({ http, clock: manualClock() }, 'Bearer secret-token');
    expect([api.token.kind, await api.plan('p1')]).toEqual(['project', 'hobby']);
    expect(http.answers.calls.at(-1)?.headers).toEqual({ 'project-access-token': 'secret-token' });
  });

  it('is not told where Railway has trouble, which is no refusal', async () => {
    const trouble = refusal('Problem processing request');
    const script = { ProjectToken: trouble, ApiToken: notAuthorized };
    expect((await whoIs(script)).token).toMatchObject({ code: 'platform-error' });
  });
});

describe('what is given as a token', () => {
  it('may have been copied with its scheme', () => {
    expect([parseRailwayToken(' Bearer abc\n'), parseRailwayToken('abc')]).toEqual(['abc', 'abc']);
  });

  it.each([
    ['GitHub', 'ghp_0123456789'],
    ['Fly', 'FlyV1 fm2_abc'],
    ['Vercel', 'vercel_abc'],
  ])('is not sent where it is one of %s', (owner, raw) => {
    expect(() => parseRailwayToken(raw)).toThrow(
      expect.objectContaining({ code: 'token-kind', what: `\`railway-token\` holds a ${owner} token` }),
    );
  });

  it('is a bad input where both variables are set to different tokens and the step names none', () => {
    const conflict = (env: Record<string, string>, given = '') => tokenConflict({ env, input: () => given });
    const both = { RAILWAY_TOKEN: 'one', RAILWAY_API_TOKEN: 'two' };
    expect(conflict(both)?.what).toBe(
      'RAILWAY_TOKEN and RAILWAY_API_TOKEN are both set, to different tokens, and `railway-token` is not.',
    );
    expect([
      conflict(both, 'one'),
      conflict({ RAILWAY_TOKEN: 'one', RAILWAY_API_TOKEN: ' one' }),
      conflict({ RAILWAY_TOKEN: 'one', RAILWAY_API_TOKEN: '' }),
      conflict({}),
    ]).toEqual(Array(4).fill(undefined));
  });
});

describe('the advice of least privilege', () => {
  const project: RailwayToken = { value: 't', kind: 'project', project: shop, environment: production };
  const workspace: RailwayToken = { value: 't', kind: 'workspace', workspaces: [acme] };
  const account: RailwayToken = { value: 't', kind: 'account', workspaces: [acme] };

  it('is a line where another kind would do, and none where it would not', () => {
    expect([
      railwayTokenAdvice(project),
      railwayTokenAdvice(account),
      railwayTokenAdvice(workspace, ['environments-made']),
      railwayTokenAdvice(account, ['environments-made']),
    ]).toEqual([
      undefined,
      "`railway-token` is a token of an account, which may do whatever its owner may, in every workspace; this run needs one environment alone. Create a project token for it in the project's settings, under Tokens, and store that in its place.",
      undefined,
      "`railway-token` is a token of an account, which may do whatever its owner may, in every workspace; this run needs one workspace alone. Create a token for the workspace in the account's settings, under Tokens, and store that in its place.",
    ]);
  });

  it('is beside what is known of the token', () => {
    expect([project, workspace, account].map(describeRailwayToken)).toEqual([
      '`railway-token` is a project token: it is bound to the environment production of shop.',
      '`railway-token` is a token of a workspace: it may change every project of its workspace (Acme).',
      '`railway-token` is a token of an account: it may do whatever its owner may, in every workspace (Acme).',
    ]);
  });
});
