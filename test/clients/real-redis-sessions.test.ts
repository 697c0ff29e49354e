import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commits, demo, railway } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { openStage, type Stage } from '../../scripts/stage.ts';
import { ended, logOf } from '../support/shop-stage.ts';
import { findRedis } from './servers/find-server.ts';
import { freePort, type RunningServer, ServerFolder } from './servers/run-server.ts';
import { sessionShop } from './session-shop.ts';
import { visitDuring } from './session-visitor.ts';

// A visitor at 20 requests a second, with a session in a real Redis, through deploys and a rollback on Railway.

const found = findRedis();
const homeCheck = '- { name: home, http: GET /, expect: { status: 200, body: { contains: Shop } } }';
const drainIsNone = 'The drain in force is 0 s: requests under way are cut off when the old version goes.';

describe.skipIf(found.path === undefined)(
  `a session in a real Redis${found.why ? ` (skipped: ${found.why})` : ''}`,
  () => {
    const folder = new ServerFolder();
    let redis: RunningServer;
    let port: number;

    beforeAll(async () => {
      port = await freePort();
      const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', ''];
      redis = await folder.start(found.path ?? '', args, 'Ready to accept connections');
    });
    afterAll(async () => {
      await redis?.stop();
      folder.remove();
    });

    /** v2 serves and was proved; v3 is deployed, and v2 brought back, while the visitor asks. */
    async function thereAndBack(session: string, settings: DrainSettings) {
      const stage = await openStage({ flyctl: 'stand-in' });
      try {
        const web = webOf(stage);
        web.settings = { ...web.settings, ...settings };
        web.variables = { ...web.variables, REDIS_PORT: String(port) };
        await up(stage, 'v2');
        const results: ActionResult[] = [];
        const visit = await visitDuring(stage.cloud, session, async () => {
          results.push(await up(stage, 'v3'));
          results.push(await run(stage, 'rollback', { checks: homeCheck }));
        });
        return {
          visit,
          ends: results.map(ended),
          deployLog: logOf(results[0] as ActionResult),
          deploySummary: results[0]?.main.summary ?? '',
        };
      } finally {
        await stage.close();
      }
    }

    const wentWell = ['live/verified, serving new', 'restored/verified, serving old'];

    it.concurrent('is kept through a deploy and a rollback with a drain of 30 s, and no request is lost', async () => {
      const settings = { drainingSeconds: 30, overlapSeconds: 2 };
      const { visit, ends, deployLog, deploySummary } = await thereAndBack('ann', settings);
      expect(ends).toEqual(wentWell);
      expect({ lost: visit.lost, versions: visit.versions }).toEqual({ lost: 0, versions: ['v2', 'v3'] });
      // Every request was counted once, whichever version answered it.
      const inOrder = visit.counts.toSorted((one, other) => one - other);
      expect(inOrder).toEqual(inOrder.map((_, index) => (inOrder[0] ?? 0) + index));
      expect(deploySummary).toContain('| Drain of the old one | 30 s |');
      expect(deployLog).not.toContain(drainIsNone);
    });

    it.concurrent('is kept with a drain of 0 s as well, but requests are lost, and the run says why', async () => {
      const settings = { drainingSeconds: 0, overlapSeconds: 0 };
      const { visit, ends, deployLog, deploySummary } = await thereAndBack('ben', settings);
      expect([ends, visit.versions]).toEqual([wentWell, ['v2', 'v3']]);
      expect(visit.lost).toBeGreaterThan(0);
      // Those that were cut off had been counted.
      expect(Math.max(...visit.counts) - Math.min(...visit.counts) + 1).toBeGreaterThan(visit.answered);
      expect(deploySummary).toContain('| Drain of the old one | 0 s |');
      expect(deployLog).toContain(drainIsNone);
      process.stdout.write(
        `with a drain of 0 s, ${visit.lost} of ${visit.lost + visit.answered} were lost\n`,
      );
    });
  },
);

interface DrainSettings {
  readonly drainingSeconds: number;
  readonly overlapSeconds: number;
}

function webOf({ cloud }: Stage) {
  const web = cloud
    .service(railway)
    .world.instances()
    .find(({ service }) => service.name === demo.railway.service);
  if (web === undefined) throw new Error('the demo has a service web');
  return web;
}

async function up(stage: Stage, version: 'v2' | 'v3'): Promise<ActionResult> {
  const shop = join(stage.workspace, 'shop');
  rmSync(shop, { recursive: true, force: true });
  mkdirSync(shop);
  for (const [name, text] of Object.entries(sessionShop(version))) writeFileSync(join(shop, name), text);
  const inputs = { directory: 'shop', stabilize: '1s', checks: homeCheck };
  return run(stage, 'railway-up', inputs, commits[version]);
}

function run(stage: Stage, action: string, inputs: Readonly<Record<string, string>>, sha?: string) {
  const { token, service } = demo.railway;
  const common = { 'railway-token': token, 'railway-service': service, timeout: '60s' };
  return stage.run(action, { ...common, ...inputs }, sha === undefined ? {} : { sha });
}
