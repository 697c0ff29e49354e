import { describe, expect, it } from 'vitest';
import type { Http } from '../../../../../packages/core/src/io/http.ts';
import { FlyApi } from '../../../../../packages/core/src/platforms/fly/api/api.ts';
import type { WireMachine } from '../../../../../packages/core/src/platforms/fly/api/wire.ts';
import { evidenceOfFailure } from '../../../../../packages/core/src/platforms/fly/machines/health.ts';
import { wholeFleet } from '../../../../../packages/core/src/platforms/fly/machines/scope.ts';
import { parseFlyToken } from '../../../../../packages/core/src/platforms/fly/token/token.ts';
import { aMachine } from '../../../../support/fly-machines.ts';

/** The first line on each machine, and the machines whose logs were read. */
async function evidence(release: string | undefined, machines: readonly WireMachine[]) {
  const logs: (string | null)[] = [];
  const http: Http = {
    async request({ method, url }) {
      const isLook = url.endsWith('/machines');
      if (!isLook) logs.push(new URL(url).searchParams.get('instance'));
      const text = JSON.stringify(isLook ? machines : { data: [] });
      return { method, url, status: 200, headers: {}, text, attempts: 1 };
    },
    download: () => Promise.reject(new Error('nothing is downloaded')),
    upload: () => Promise.reject(new Error('nothing is uploaded')),
  };
  const api = new FlyApi(http, parseFlyToken('token'));
  const lines = await evidenceOfFailure(api, { app: 'shop', scope: wholeFleet, release, nowMs: 60_000 });
  return { told: lines.filter((line) => !line.startsWith(' ')), logs };
}

const failing = (id: string) => aMachine({ id, state: 'failed' });

describe('what a person would look at', () => {
  it('is each failing machine', async () => {
    expect(await evidence('v42', [aMachine(), failing('b2')])).toEqual({
      told: ['machine b2 (v42, iad): failed, state failed'],
      logs: ['b2'],
    });
  });

  it('is not more than four machines, and the number of the others', async () => {
    const { told, logs } = await evidence('v42', ['a', 'b', 'c', 'd', 'e', 'f'].map(failing));
    expect([told.at(-1), logs]).toEqual(['and 2 more machines', ['a', 'b', 'c', 'd']]);
  });

  it('is every machine of a release that Fly finds healthy', async () => {
    expect((await evidence('v42', [aMachine()])).logs).toEqual(['a1']);
  });

  it('is nothing when no release was made and no machine fails', async () => {
    expect(await evidence(undefined, [aMachine()])).toEqual({ told: [], logs: [] });
  });
});
