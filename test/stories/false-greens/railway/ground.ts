import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { commits, demo, type Railway, railway, shopTree } from '#local-cloud';
import type { ServiceInstance } from '../../../../packages/local-cloud/src/railway/deployment.ts';
import type { Settings } from '../../../../packages/local-cloud/src/railway/model.ts';
import { openStage, type RunOptions, type Stage } from '../../../../scripts/stage.ts';
import type { BelaySaid, ClientSaid, Values } from '../case.ts';
import { runCommand } from './client.ts';

type Release = Parameters<typeof shopTree>[0];

/** One local cloud, put back to the start for each of the two that play a case. */
export interface Ground {
  readonly stage: Stage;
  readonly railway: Railway;
  /** The demo's service `web` in its environment `production`. */
  readonly web: ServiceInstance;
  /** Writes the folder that is uploaded: the shop so, and further files. */
  release(release: Release, files?: Values): void;
  /** Runs command lines one after the other until one fails. */
  client(...commands: readonly string[]): Promise<ClientSaid>;
  belay(action: string, inputs: Values, options?: RunOptions): Promise<BelaySaid>;
  /** Begins when a deployment after the one that serves has this status; it is over before what serves is asked. */
  once(status: string, act: () => Promise<void>): void;
}

/** What there is before either of the two begins. */
export interface Start {
  /** Of the service, beyond what the demo's has: a health check of `/healthz`. */
  readonly settings?: Partial<Settings>;
  /** What else there is: the release where it is no good v2, fates, switches, what happened earlier. */
  readonly given?: (ground: Ground) => void | Promise<void>;
}

export interface OpenGround extends Ground {
  /** Everything gone, then the service as the case has it before. */
  begin(start: Start): Promise<void>;
  /** Nothing is on its way any more, and what somebody else did is done. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Those that wait for somebody are on their way for ever. */
const waiting: readonly string[] = ['NEEDS_APPROVAL', 'WAITING'];

/** Of the real CLI; without it only Belay can play. */
export async function openGround(path: string | undefined): Promise<OpenGround> {
  const stage = await openStage({ flyctl: 'stand-in' });
  const folder = join(stage.workspace, 'shop');
  const others: Promise<void>[] = [];
  const ground: OpenGround = {
    stage,
    get railway() {
      return stage.cloud.service(railway);
    },
    get web() {
      const web = this.railway.world.instances().find(({ service }) => service.name === demo.railway.service);
      if (web === undefined) throw new Error('the demo has a service web');
      return web;
    },
    release(release, files = {}) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      for (const [name, text] of Object.entries({ ...shopTree(release), ...files }))
        writeFileSync(join(folder, name), text);
    },
    async client(...commands) {
      if (path === undefined) throw new Error('no railway CLI is at hand');
      let last = { exit: 0, said: '' };
      for (const command of commands)
        if (last.exit === 0) last = await runCommand(stage, { path, folder, command });
      return { commands, ...last };
    },
    belay: (action, inputs, options) => belay(stage, action, inputs, options),
    once(status, act) {
      others.push(whenNewest(ground, status).then(act));
    },
    async begin({ settings, given }) {
      await stage.cloud.reset();
      others.length = 0;
      ground.railway.switches.rateLimits = false;
      ground.web.settings = { ...ground.web.settings, ...settings };
      ground.release({ version: 'v2', commit: commits.v2 });
      // What is seeded is started when somebody first asks.
      await stage.cloud.serves(demo.railway.host, '/');
      await given?.(ground);
    },
    async settled() {
      await Promise.all(others);
      const isUnderWay = () =>
        ground.web.deployments.some(({ isOnTheWay, status }) => isOnTheWay && !waiting.includes(status));
      while (isUnderWay()) await delay(50);
      // What served before is ended in the background.
      await delay(500);
    },
    close: () => stage.close(),
  };
  return ground;
}

async function whenNewest(ground: Ground, status: string): Promise<void> {
  const before = ground.web.deployments.length;
  while (ground.web.deployments.length === before || ground.web.deployments.at(-1)?.status !== status)
    await delay(20);
}

async function belay(
  stage: Stage,
  action: string,
  inputs: Values,
  options: RunOptions = {},
): Promise<BelaySaid> {
  const target = { 'railway-service': demo.railway.service, 'railway-token': demo.railway.token };
  const limits =
    action === 'railway-up'
      ? { directory: 'shop', stabilize: '2s', timeout: '60s', 'restore-timeout': '60s' }
      : { timeout: '60s' };
  const { main } = await stage.run(
    action,
    { ...target, ...limits, ...inputs },
    { sha: commits.v2, ...options },
  );
  const { outcome = '', reason = '', serving = '' } = main.outputs;
  return { action, inputs, outcome, reason, serving, exit: main.exitCode ?? -1 };
}
