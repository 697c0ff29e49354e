import { describe, expect, it } from 'vitest';
import type { Http } from '../../../../../packages/core/src/io/http.ts';
import { FlyApi } from '../../../../../packages/core/src/platforms/fly/api/api.ts';
import { FlyDeployer } from '../../../../../packages/core/src/platforms/fly/deploy/deployer.ts';
import type { Flyctl } from '../../../../../packages/core/src/platforms/fly/flyctl/flyctl.ts';
import {
  type FleetScope,
  wholeFleet,
} from '../../../../../packages/core/src/platforms/fly/machines/scope.ts';
import { parseFlyToken } from '../../../../../packages/core/src/platforms/fly/token/token.ts';
import { aConfig, aMachine, anExit, aWireRelease, digests } from '../../../../support/fly-machines.ts';
import { manualClock } from '../../../../support/manual-clock.ts';
import { ended } from '../../../../support/scripted-fly.ts';

const image = `registry.fly.io/shop@${digests.v2}`;
const command = { fly_platform_version: 'v2', fly_process_group: 'fly_app_release_command' };
const machines = [
  aMachine({ id: 'a1', version: '43', events: [anExit(1, { restarts: 10 })] }),
  aMachine({ id: 'b1', region: 'ams' }),
  aMachine({ id: 'c1', config: aConfig({ metadata: command }) }),
];

/** flyctl updates the machines of `scope`, and one crashes for good; the machines whose lease is deleted. */
async function freedAfterCrash(scope: FleetScope): Promise<readonly string[]> {
  let releases = [aWireRelease(42)];
  const freed: string[] = [];
  let isLeased = false;
  const http: Http = {
    async request({ method, url }) {
      const lease = /machines\/(\w+)\/lease$/.exec(url)?.[1];
      if (method === 'DELETE') freed.push(lease ?? url);
      const app = { name: 'shop', releases: { nodes: releases } };
      const held = lease === undefined ? { data: { app } } : { data: { nonce: lease } };
      const status = lease === undefined || isLeased ? 200 : 404;
      const text = JSON.stringify(url.endsWith('/machines') ? machines : held);
      return { method, url, status, headers: {}, text, attempts: 1 };
    },
    download: () => Promise.reject(new Error('nothing is downloaded')),
    upload: () => Promise.reject(new Error('nothing is uploaded')),
  };
  const flyctl: Flyctl = {
    async run(_args, { onLine, signal }) {
      isLeased = true;
      releases = [aWireRelease(43, { imageRef: image }), ...releases];
      onLine?.("Updating existing machines in 'shop' with rolling strategy");
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      return { ...ended, exitCode: 127, endedBy: 'cancelled' };
    },
  };
  const api = new FlyApi(http, parseFlyToken('token'));
  const deployer = new FlyDeployer({ api, flyctl, clock: manualClock(), log: () => {}, warn: () => {} });
  const plain = { app: 'shop', image, scope, buildArgs: [], waitTimeoutMs: 1, extra: [] };
  const { signal } = new AbortController();
  const shipped = await deployer.deploy(
    { ...plain, skipReleaseCommand: false, smokeChecks: true },
    { budgetMs: 10_000, signal, machines, decided: undefined },
  );
  expect(shipped.failure?.reason).toBe('crashed');
  return freed.sort();
}

describe('a deploy that a crash ended', () => {
  it('frees the leases of the fleet, and of no one-shot machine beside it', async () => {
    expect(await freedAfterCrash(wholeFleet)).toEqual(['a1', 'b1']);
  });

  it('to a part of the fleet leaves the leases of another deploy alone', async () => {
    expect(await freedAfterCrash({ ...wholeFleet, regions: ['iad'] })).toEqual(['a1']);
  });
});

/** flyctl makes release v43 or not, then ends so; how often it ran, and what is said to be of this deploy. */
async function afterOneRun(
  isMade: boolean,
  how: { readonly last: string; readonly endedBy?: 'exit' | 'deadline'; readonly exitCode?: number | null },
): Promise<{ readonly runs: number; readonly release: string | undefined }> {
  let releases = [aWireRelease(42)];
  let runs = 0;
  const http: Http = {
    async request({ method, url }) {
      const app = { name: 'shop', releases: { nodes: releases } };
      const text = JSON.stringify(url.endsWith('/machines') ? [] : { data: { app } });
      return { method, url, status: 200, headers: {}, text, attempts: 1 };
    },
    download: () => Promise.reject(new Error('nothing is downloaded')),
    upload: () => Promise.reject(new Error('nothing is uploaded')),
  };
  const flyctl: Flyctl = {
    async run() {
      runs += 1;
      if (isMade) releases = [aWireRelease(42 + runs, { imageRef: image }), ...releases];
      return { ...ended, exitCode: 1, endedBy: 'exit', ...how, tail: [how.last] };
    },
  };
  const api = new FlyApi(http, parseFlyToken('token'));
  const deployer = new FlyDeployer({ api, flyctl, clock: manualClock(), log: () => {}, warn: () => {} });
  const shipped = await deployer.deploy(
    {
      app: 'shop',
      image,
      scope: wholeFleet,
      buildArgs: [],
      waitTimeoutMs: 1,
      extra: [],
      skipReleaseCommand: false,
      smokeChecks: true,
    },
    { budgetMs: 600_000, signal: new AbortController().signal, machines: [], decided: undefined },
  );
  return { runs, release: shipped.release?.label };
}

describe('a flyctl that ended before it named its release', () => {
  const refusedUpdate = 'Error: failed to update release (status 429): {"error":"rate limit exceeded"}';
  it.each([
    [
      'had made it, when it could not update it: it is not made again',
      true,
      { last: refusedUpdate },
      1,
      'v43',
    ],
    [
      'may have made it, when it was stopped',
      true,
      { last: 'image found: img_1', endedBy: 'deadline', exitCode: null },
      1,
      'v43',
    ],
    [
      'has made none, when it was refused before: it is tried again, and another run’s is not its own',
      false,
      { last: 'Error: rate limit exceeded' },
      3,
      undefined,
    ],
  ] as const)('%s', async (_, isMade, how, runs, release) => {
    expect(await afterOneRun(isMade, how)).toEqual({ runs, release });
  });
});
