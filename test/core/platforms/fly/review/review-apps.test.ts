import { describe, expect, it } from 'vitest';
import type { Http } from '../../../../../packages/core/src/io/http.ts';
import { FlyApi } from '../../../../../packages/core/src/platforms/fly/api/api.ts';
import type { FlyAccount } from '../../../../../packages/core/src/platforms/fly/open.ts';
import { ReviewApps } from '../../../../../packages/core/src/platforms/fly/review/review-apps.ts';
import { parseFlyToken } from '../../../../../packages/core/src/platforms/fly/token/token.ts';
import { manualClock } from '../../../../support/manual-clock.ts';
import { ended } from '../../../../support/scripted-fly.ts';

const app = { name: 'pr-7-shop', createdAt: '2026-11-21T10:00:00Z', releases: { nodes: [] } };
const secrets = [{ name: 'BELAY_REVIEW_APP_1001_7', digest: 'd' }];

/** The apps of acme/shop, whose id is 1001: what Fly answers, and what flyctl does. */
function reviewApps(answer: (url: string) => object, run: FlyAccount['flyctl']['run']): ReviewApps {
  const http: Http = {
    request: async ({ method, url }) => ({
      method,
      url,
      status: 200,
      headers: {},
      attempts: 1,
      text: JSON.stringify(answer(url)),
    }),
    download: () => Promise.reject(new Error('nothing is downloaded')),
    upload: () => Promise.reject(new Error('nothing is uploaded')),
  };
  const account: FlyAccount = {
    api: new FlyApi(http, parseFlyToken('token')),
    flyctl: { run },
    cwd: '.',
    dir: '.',
    clock: manualClock(),
    installed: { path: 'flyctl', version: '0.4.85', source: 'tool-cache', notes: [] },
  };
  const { signal } = new AbortController();
  return new ReviewApps({ clock: manualClock(), signal }, account, { id: '1001', label: 'acme/shop' });
}

function madeAt(createdAt: string | null): ReviewApps {
  const answer = (url: string) =>
    url.endsWith('/secrets') ? { secrets } : { data: { app: { ...app, createdAt } } };
  return reviewApps(answer, () => Promise.reject(new Error('flyctl is not run')));
}

/** flyctl ends `apps create` with `exitCode`, the app is there from then on, and no secret can be set. */
async function commandsWhereNoMarkHolds(exitCode: number): Promise<readonly string[]> {
  const commands: string[] = [];
  const apps = reviewApps(
    (url) =>
      url.endsWith('/secrets') ? { secrets: [] } : { data: { app: commands.length > 0 ? app : null } },
    async ([one, other]) => {
      commands.push(`${one} ${other}`);
      return { ...ended, exitCode: commands.length === 1 ? exitCode : 1, tail: ['Error: (status 502)'] };
    },
  );
  const made = apps.prepare({ name: 'pr-7-shop', number: 7 }, 'acme');
  await expect(made).rejects.toMatchObject({ code: 'platform-error' });
  return commands;
}

describe('an app that cannot be marked', () => {
  it('is destroyed at once', async () => {
    expect(await commandsWhereNoMarkHolds(0)).toEqual([
      ...['apps create', 'secrets set', 'secrets set', 'apps destroy'],
    ]);
  });

  it('stays where flyctl did not say that it was made: somebody else may have made it', async () => {
    expect(await commandsWhereNoMarkHolds(1)).toEqual(['apps create', 'secrets set', 'secrets set']);
  });
});

describe('an app that appears while flyctl loses its answer', () => {
  it('is left alone where another repository of the same name has marked it', async () => {
    const commands: string[] = [];
    const theirs = [{ name: 'BELAY_REVIEW_APP_2002_7', digest: 'd' }];
    const apps = reviewApps(
      (url) =>
        url.endsWith('/secrets') ? { secrets: theirs } : { data: { app: commands.length > 0 ? app : null } },
      async ([one, other]) => {
        commands.push(`${one} ${other}`);
        return { ...ended, exitCode: 1, tail: ['Error: (status 502)'] };
      },
    );
    expect(await apps.prepare({ name: 'pr-7-shop', number: 7 }, 'acme')).toBe('foreign');
    expect(commands).toEqual(['apps create']);
  });
});

describe('a name that Fly says is taken', () => {
  /** What `prepare` comes to where nobody here sees an app of that name; `status`: what its look-up answers. */
  async function prepared(status: number) {
    const http: Http = {
      request: async ({ method, url }) => ({
        method,
        url,
        headers: {},
        attempts: 1,
        ...(url.endsWith('/apps/pr-7-shop')
          ? { status, text: '{"error":"…"}' }
          : { status: 200, text: JSON.stringify({ data: { app: null } }) }),
      }),
      download: () => Promise.reject(new Error('nothing is downloaded')),
      upload: () => Promise.reject(new Error('nothing is uploaded')),
    };
    const clock = manualClock();
    const tail = ['Error: Validation failed: Name has already been taken'];
    const account: FlyAccount = {
      api: new FlyApi(http, parseFlyToken('token')),
      cwd: '.',
      dir: '.',
      clock,
      flyctl: { run: async () => ({ ...ended, exitCode: 1, tail }) },
      installed: { path: 'flyctl', version: '0.4.85', source: 'tool-cache', notes: [] },
    };
    const { signal } = new AbortController();
    const repository = { id: '1001', label: 'acme/shop' };
    const came = await new ReviewApps({ clock, signal }, account, repository).prepare(
      { name: 'pr-7-shop', number: 7 },
      'acme',
    );
    return { came, waitedMs: clock.monotonic() };
  }

  it('is somebody else’s at once where Fly looks it up and refuses it', async () => {
    expect(await prepared(403)).toEqual({ came: 'elsewhere', waitedMs: 0 });
  });

  it('is waited for where Fly has not heard of it: another run of ours may be making it', async () => {
    expect(await prepared(404)).toEqual({ came: 'elsewhere', waitedMs: 14_031.25 });
  });
});

describe('the age of a review app', () => {
  it.each([
    ['is counted from when it was made', '2026-11-21T10:00:00Z', Date.parse('2026-11-21T10:00:00Z')],
    ['is not known, rather than great, where Fly does not tell it', null, Number.NaN],
  ])('%s', async (_name, createdAt, ms) => {
    expect(await madeAt(createdAt).standing({ name: 'pr-7-shop', number: 7 })).toEqual({
      kind: 'ours',
      settled: false,
      createdMs: ms,
      changedMs: ms,
    });
  });
});
