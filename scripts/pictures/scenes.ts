/** Deploys and a rollback of the demo's shop, each played with the bundles to the end that its picture shows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commits, demo, images } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { checks } from '../demo/scenes.ts';
import { openStage, type RunOptions, type Stage } from '../stage.ts';
import { summaryPage } from './page.ts';

export interface Page {
  readonly name: string;
  readonly html: string;
}

interface Scene {
  readonly ends: string;
  play(shop: Shop): Promise<ActionResult>;
  /** The step's summary, unless said otherwise. */
  readonly shows?: 'report';
}

export const scenes: Readonly<Record<string, Scene>> = {
  restored: { ends: 'restored/checks-failed', play: broken },
  live: { ends: 'live/verified', play: (shop) => shop.deploy('v2', images.v3) },
  stranded: {
    ends: 'stranded/restore-failed',
    async play(shop) {
      await shop.deploy('v1', images.v1);
      // The deploy's own two updates come first; those of the way back are refused.
      shop.stage.cloud.faults.add({
        route: 'flaps.machines.update',
        kind: 'status',
        status: 500,
        nth: 3,
        count: 1_000,
      });
      return shop.deploy('v2', images.v2Error);
    },
  },
  cancelled: {
    ends: 'cancelled/cancelled',
    async play(shop) {
      await shop.deploy('v1', images.v1);
      const cancel = new AbortController();
      const result = shop.deploy('v2', images.v2Error, { signal: cancel.signal });
      while (!(await shop.serves('v2'))) await sleep(50);
      cancel.abort();
      return result;
    },
  },
  blocked: {
    ends: 'blocked/older-than-live',
    async play(shop) {
      await shop.deploy('v3', images.v3);
      return shop.deploy('v1', images.v1);
    },
  },
  rollback: {
    ends: 'restored/verified',
    async play(shop) {
      await shop.deploy('v1', images.v1);
      await shop.deploy('v3', images.v3);
      return shop.run('rollback', 'v3', { to: 'last-verified', reason: 'prices are wrong' });
    },
  },
  report: { ends: 'restored/checks-failed', play: broken, shows: 'report' },
};

async function broken(shop: Shop): Promise<ActionResult> {
  await shop.deploy('v1', images.v1);
  return shop.deploy('v2', images.v2Error);
}

/** Plays a scene on a cloud of its own. Fails where it ends otherwise than it should, so that no picture lies. */
export async function playScene(name: string): Promise<Page> {
  const scene = scenes[name];
  if (scene === undefined) throw new Error(`there is no scene ${name}: ${Object.keys(scenes).join(', ')}`);
  const stage = await openStage({ flyctl: 'stand-in' });
  try {
    const { job, main } = await scene.play(new Shop(stage));
    const ended = `${main.outputs.outcome}/${main.outputs.reason}`;
    if (ended !== scene.ends) {
      const log = job.log.map(({ line }) => `  | ${line}`).join('\n');
      throw new Error(`the scene ${name} ended ${ended} instead of ${scene.ends}:\n${log}`);
    }
    const report = join(main.outputs.report ?? '', 'index.html');
    return { name, html: scene.shows === 'report' ? readFileSync(report, 'utf8') : summaryPage(job.summary) };
  } finally {
    await stage.close();
  }
}

/** The demo's shop, whose two machines run v1 before anything is deployed. */
class Shop {
  readonly stage: Stage;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  deploy(commit: keyof typeof commits, image: string, options: RunOptions = {}): Promise<ActionResult> {
    return this.run('fly-deploy', commit, { image, 'restore-timeout': '60s' }, options);
  }

  run(
    action: string,
    commit: keyof typeof commits,
    inputs: Readonly<Record<string, string>>,
    options: RunOptions = {},
  ): Promise<ActionResult> {
    const common = {
      'fly-app': demo.fly.app,
      'fly-token': demo.fly.token,
      'wait-timeout': '10s',
      timeout: '60s',
    };
    return this.stage.run(
      action,
      { ...common, checks, ...inputs },
      {
        sha: commits[commit],
        github: { workflow: 'deploy', actor: 'ada' },
        ...options,
      },
    );
  }

  /** Whether every machine answers as this version. */
  async serves(version: string): Promise<boolean> {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => this.stage.cloud.serves(demo.fly.host, '/version.json')),
    );
    return answers.every(
      ({ status, body }) => status === 200 && JSON.parse(String(body)).version === version,
    );
  }
}
