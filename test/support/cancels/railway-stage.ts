import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { commits, demo, github, shopTree } from '#local-cloud';
import { openStage, type RunOptions } from '../../../scripts/stage.ts';
import { deploymentsOf, versionOf } from '../../faults/railway/fleet.ts';
import { railwayLedger, railwaySeed } from '../../faults/railway/scenes.ts';
import { homeCheck } from '../railway-stage.ts';
import type { CancelStage } from './stage.ts';

type Inputs = Readonly<Record<string, string>>;

const folders = {
  v4: shopTree({ version: 'v4' }),
  broken: shopTree({ version: 'v4', settings: { SHOP_ROOT_STATUS: '500' } }),
  v3: shopTree({ version: 'v3' }),
} as const;

/** A build is what most cuts fall into, and has to outlast whoever forgets it, milliseconds. */
const buildMs = 5_000;
/** For what was under way when a run had ended, milliseconds. */
const restMs = 10_000;

/** One lane with the shop on Railway: v2 serves from two regions, v1 served before it. */
export async function openRailwayCancelStage(): Promise<CancelStage> {
  const stage = await openStage({ flyctl: 'stand-in', cloud: { services: [github, railwaySeed] } });
  const { cloud } = stage;
  const railway = cloud.service(railwaySeed);
  for (const [folder, tree] of Object.entries(folders)) {
    mkdirSync(join(stage.workspace, folder));
    for (const [name, text] of Object.entries(tree)) writeFileSync(join(stage.workspace, folder, name), text);
  }
  const [v1] = railwayLedger.releases;

  const run = (action: string, inputs: Inputs, options: RunOptions = {}) => {
    const target = { 'railway-token': demo.railway.token, 'railway-service': demo.railway.service };
    const common = { ...target, checks: homeCheck, timeout: '60s' };
    return stage.run(action, { ...common, ...inputs }, { sha: commits.v2, ...options });
  };
  const upload = (directory: keyof typeof folders, options?: RunOptions) =>
    run('railway-up', { directory, stabilize: '1s', 'restore-timeout': '40s' }, options);
  const served = async () => {
    const versions = new Set<string>();
    for (let request = 0; request < 8; request += 1) {
      const { status, body } = await cloud.serves(demo.railway.host, '/version.json');
      versions.add(status === 200 ? JSON.parse(String(body)).version : 'nothing');
    }
    return [...versions].sort().join(' ');
  };
  const onTheWay = () => deploymentsOf(railway).filter(({ isOnTheWay }) => isOnTheWay);

  return {
    stage,
    async begin(work) {
      await cloud.reset();
      for (const name of readdirSync(stage.temp)) rmSync(join(stage.temp, name), { recursive: true });
      await served();
      railway.switches.pace = { ...railway.switches.pace, rollbackMs: 1_500 };
      if (work !== 'rollback on Railway')
        railway.next({ service: demo.railway.service }, { kind: 'build-takes', ms: buildMs });
      cloud.journal.clear();
    },
    run(work, options) {
      if (work === 'upload') return upload('v4', options);
      if (work === 'upload taken back') return upload('broken', options);
      return run('rollback', { to: v1?.label ?? '', reason: 'a rehearsal', stabilize: '3s' }, options);
    },
    next: () => {
      railway.world.fates.clear();
      return upload('v3');
    },
    served,
    versionOf(_, label) {
      const found = deploymentsOf(railway).find(({ id }) => id.startsWith(label));
      return found === undefined ? `an unknown ${label}` : versionOf(found);
    },
    target: /railway:[\w/-]+/,
    label: /\b[0-9a-f]{8}\b/g,
    async underWay() {
      const left = onTheWay().map((one) => `${versionOf(one)}, ${one.status}`);
      // A rollback is answered before it has its deployment.
      await delay(railway.switches.pace.rollbackMs + 50);
      const until = performance.now() + restMs;
      while (onTheWay().length > 0 && performance.now() < until) await delay(50);
      return left;
    },
    // What main has uploaded, post may cancel.
    shippedSince: ({ seq }) =>
      cloud.journal
        .entries({ since: seq, mutations: true })
        .filter(({ service, route }) => service === 'railway' && route !== 'graphql.deploymentCancel')
        .map(({ route }) => route ?? 'unknown'),
    deploysBegun: () => 0,
    close: () => stage.close(),
  };
}
