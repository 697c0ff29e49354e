import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LogLine } from '#local-runner';
import { homeCheck, railwayStage } from '../../support/railway-stage.ts';
import { annotations, ended } from '../../support/shop-stage.ts';

const shop = railwayStage();
const v2 = { version: 'v2' };
const cut =
  'The drain in force is 0 s: requests under way are cut off when the old version goes. Set draining seconds in the service’s settings to as long as a request may take.';

/** Does something once, when the build begins. */
function duringBuild(work: () => void): { readonly onLine: (line: LogLine) => void } {
  let isDone = false;
  return {
    onLine: ({ line }) => {
      if (isDone || !line.startsWith('BUILDING')) return;
      isDone = true;
      work();
    },
  };
}

describe('what is in force on Railway', () => {
  it('is read once more after the release is live: what somebody has changed meanwhile is told', async () => {
    shop.railway.next({ service: 'web' }, { kind: 'build-takes', ms: 1_000 });
    const change = duringBuild(() => {
      for (const instance of shop.railway.world.instances())
        if (instance.service.name === 'web')
          instance.settings = { ...instance.settings, drainingSeconds: 30, startCommand: 'node server.js' };
      const file = { deploy: { healthcheckPath: '/other' } };
      writeFileSync(join(shop.stage.workspace, 'shop/railway.json'), JSON.stringify(file));
    });
    const result = await shop.up(v2, { checks: homeCheck }, change);
    const label = result.main.outputs['deployment-id']?.slice(0, 8);
    const told = [
      'deploy.startCommand was none when this run began, and is "node server.js" now: somebody has changed it meanwhile.',
      'deploy.drainingSeconds was 0 when this run began, and is 30 now: somebody has changed it meanwhile.',
      `deploy.startCommand is none in ${label}, which serves, and "node server.js" is in force for the next deployment.`,
      `deploy.drainingSeconds is 0 in ${label}, which serves, and 30 is in force for the next deployment.`,
      'Railway has not read railway.json since 2026-12-01: deploy.healthcheckPath is "/other" there, and "/healthz" is in force. Set them in the service’s settings, or in .railway/railway.ts.',
    ];
    expect([ended(result), annotations(result)]).toEqual([
      'live/verified, serving new',
      told.map((sentence) => `warning: ${sentence}`),
    ]);
    expect(result.main.summary).toContain('| Drain of the old one | 30 s |');
  });

  it('is told in the result and in the summary: what a green is worth, and what a drain of 0 s loses', async () => {
    const result = await shop.up(v2, { checks: homeCheck });
    expect([ended(result), annotations(result)]).toEqual(['live/verified, serving new', [`warning: ${cut}`]]);
    expect(result.main.summary).toContain(
      [
        '| Setting | In force |',
        '| --- | --- |',
        '| Health check | /healthz, for at most 10 s |',
        '| Start command | as the build found it |',
        '| Dockerfile | as the build found it |',
        '| Overlap of old and new | 0 s |',
        '| Drain of the old one | 0 s |',
        '| Restarts | ON_FAILURE, at most 10 |',
        '',
        `- ⚠️ ${cut}`,
      ].join('\n'),
    );
  });
});
