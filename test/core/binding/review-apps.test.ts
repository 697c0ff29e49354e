import { describe, expect, it } from 'vitest';
import type { FlyAccount } from '../../../packages/core/src/binding/fly.ts';
import { ReviewApps } from '../../../packages/core/src/binding/review-apps.ts';
import type { Http } from '../../../packages/core/src/http.ts';
import { FlyApi } from '../../../packages/core/src/platforms/fly/api.ts';
import { parseFlyToken } from '../../../packages/core/src/platforms/fly/token.ts';
import { manualClock } from '../../support/manual-clock.ts';

/** Apps of acme/shop, whose id is 1001, where Fly has an app that was made then. */
function madeAt(createdAt: string | null): ReviewApps {
  const app = { name: 'pr-7-shop', createdAt, releases: { nodes: [] } };
  const secrets = [{ name: 'BELAY_REVIEW_APP_1001_7', digest: 'd' }];
  const http: Http = {
    async request({ method, url }) {
      const text = JSON.stringify(url.endsWith('/secrets') ? { secrets } : { data: { app } });
      return { method, url, status: 200, headers: {}, text, attempts: 1 };
    },
    download: () => Promise.reject(new Error('nothing is downloaded')),
  };
  const account: FlyAccount = {
    api: new FlyApi(http, parseFlyToken('token')),
    flyctl: { run: () => Promise.reject(new Error('flyctl is not run')) },
    installed: { path: 'flyctl', version: '0.4.85', source: 'tool-cache', notes: [] },
    ...{ cwd: '.', dir: '.' },
  };
  const { signal } = new AbortController();
  return new ReviewApps({ clock: manualClock(), signal }, account, { id: '1001', label: 'acme/shop' });
}

describe('the age of a review app', () => {
  it.each([
    ['is counted from when it was made', '2026-11-21T10:00:00Z', Date.parse('2026-11-21T10:00:00Z')],
    ['is not known, rather than great, where Fly does not tell it', null, Number.NaN],
  ])('%s', async (_name, createdAt, ms) => {
    expect(await madeAt(createdAt).standing({ name: 'pr-7-shop', number: 7 })).toEqual({
      ...{ kind: 'ours', settled: false },
      ...{ createdMs: ms, changedMs: ms },
    });
  });
});
