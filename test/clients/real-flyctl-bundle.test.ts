import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { openStage, type Stage } from '../../scripts/stage.ts';

const { path, why } = findFlyctl();
const checks = '- { name: home, http: GET /, expect: { status: 200 } }';

describe.skipIf(path === undefined)(
  `the bundles driving the real flyctl${why === undefined ? '' : ` (skipped: ${why})`}`,
  () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await openStage();
      expect(stage.flyctl.kind).toBe('real');
    });
    afterAll(() => stage.close());

    async function run(action: 'fly-deploy' | 'rollback', sha: string, inputs: Record<string, string>) {
      // Nobody deploys six times in ten seconds, and Fly's rate limits know it.
      await sleep(2000);
      const common = { 'fly-app': demo.fly.app, 'fly-token': demo.fly.token, checks, 'wait-timeout': '5s' };
      const { main, job } = await stage.run(action, { ...common, ...inputs }, { sha });
      const { outcome, reason, serving } = main.outputs;
      const { body } = await stage.cloud.serves(demo.fly.host, '/version.json');
      const { version } = JSON.parse(String(body));
      const machines = [...(stage.cloud.service(fly).world.apps.get(demo.fly.app)?.machines.values() ?? [])];
      const count = machines.filter(({ state }) => !state.startsWith('destroy')).length;
      return { end: `${outcome}/${reason}/${serving}`, version, machines: count, orphans: job.orphans };
    }

    // In order: each run stands on what the one before left.
    const story = [
      ['ships by rolling', 'fly-deploy', commits.v1, { image: images.v1 }, 'live/verified/new', 'v1'],
      [
        'takes back what passes its health check and fails the smoke checks',
        'fly-deploy',
        commits.v2,
        { image: images.v2Error },
        'restored/checks-failed/old',
        'v1',
      ],
      [
        'repairs the mixed fleet of a rolling deploy that failed half way',
        'fly-deploy',
        commits.v2,
        { image: images.v2Broken },
        'restored/unhealthy/old',
        'v1',
      ],
      [
        'waits itself for the health of an immediate deploy, and takes it back',
        'fly-deploy',
        commits.v2,
        { image: images.v2Broken, strategy: 'immediate' },
        'restored/unhealthy/old',
        'v1',
      ],
      [
        'ships immediately',
        'fly-deploy',
        commits.v3,
        { image: images.v3, strategy: 'immediate' },
        'live/verified/new',
        'v3',
      ],
      ['rolls back', 'rollback', commits.v3, {}, 'restored/verified/old', 'v1'],
      [
        'ships by canary',
        'fly-deploy',
        commits.v3,
        { image: images.v3, strategy: 'canary' },
        'live/verified/new',
        'v3',
      ],
      [
        'clears away the canary that was never healthy',
        'fly-deploy',
        commits.v3,
        { image: images.v2Broken, strategy: 'canary' },
        'rejected/unhealthy/old',
        'v3',
      ],
      [
        'ends a canary deploy whose canary crashes',
        'fly-deploy',
        commits.v3,
        { image: images.v2Crash, strategy: 'canary', 'wait-timeout': '5m' },
        'rejected/crashed/old',
        'v3',
      ],
      [
        'ends a bluegreen deploy whose green machines crash',
        'fly-deploy',
        commits.v3,
        { image: images.v2Crash, strategy: 'bluegreen', 'wait-timeout': '5m' },
        'rejected/crashed/old',
        'v3',
      ],
      [
        'ships by bluegreen',
        'fly-deploy',
        commits.v3,
        { image: images.v1, strategy: 'bluegreen', force: 'older-than-live', 'override-reason': 'a test' },
        'live/verified/new',
        'v1',
      ],
      [
        'takes back what a bluegreen deploy made live, on its own machines',
        'fly-deploy',
        commits.v3,
        { image: images.v2Error, strategy: 'bluegreen' },
        'restored/checks-failed/old',
        'v1',
      ],
    ] as const;

    it.each(story)('%s', async (_title, action, sha, inputs, end, version) => {
      expect(await run(action, sha, inputs)).toEqual({ end, version, machines: 2, orphans: [] });
    });
  },
);
