import { setTimeout as delay } from 'node:timers/promises';
import { demo, fly, github } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { systemClock } from '../../../../packages/core/src/io/clock.ts';
import { createLedger } from '../../../../packages/core/src/ledger/github-ledger.ts';
import type { LedgerRecord } from '../../../../packages/core/src/ledger/record.ts';
import { GitHubHttp } from '../../github-http.ts';
import type { Run } from '../../histories/run-ports.ts';
import { aRunnerContext } from '../../ledger-builders.ts';
import type { RollbackFleet } from '../../rollback-fleet.ts';
import { logOf, shopChecks } from '../../shop-stage.ts';
import { askedFor } from '../builds.ts';
import type { PlayedRace, Raced } from '../race.ts';
import type { RaceRunScript } from '../script.ts';
import type { BundleRunScript, BundleScript } from './script.ts';
import { emailOf, truthOf } from './truth.ts';
import { FleetWitness } from './witness.ts';

const timeoutMs = 40_000;
const restoreTimeoutMs = 40_000;
/** What served before was shipped by run 1. */
const firstRun = 101;

/** Plays a schedule with the bundles as processes, on a fleet of its own. */
export async function playBundles(script: BundleScript, fleet: RollbackFleet): Promise<PlayedRace> {
  const { cloud } = fleet.stage;
  await fleet.begin({});
  await fleet.past({ version: 'second', verdict: 'pass' });
  cloud.service(github).switches.visibilitySeed = script.lots;
  const images = {
    good: fleet.image('good'),
    better: fleet.image('better'),
    bad: fleet.image('bad', { SHOP_ROOT_STATUS: '500' }),
  };
  const epoch = Date.now();
  const witness = new FleetWitness(fleet, epoch);
  const play = new BundlePlay({ fleet, images, epoch, witness });
  const runs = await play.all(script.runs);
  await delay(100);
  witness.end();
  const records = await recordsOf(fleet);
  const { world, asked } = truthOf({ fleet, witness, epoch, runs });
  const scene = { machines: 2 as const, stranger: undefined };
  const { machines } = witness;
  return { script: scene, world, asked, runs, records, first: 2, machines, epoch };
}

interface Scene {
  readonly fleet: RollbackFleet;
  readonly images: Readonly<Record<ImageName, string>>;
  readonly epoch: number;
  readonly witness: FleetWitness;
}

type ImageName = 'good' | 'better' | 'bad';

class BundlePlay {
  readonly #scene: Scene;
  readonly #runs: Promise<Raced>[] = [];

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  all(scripts: readonly BundleRunScript[]): Promise<readonly Raced[]> {
    for (const [at, script] of scripts.entries()) this.#runs.push(this.#run(at, script));
    return Promise.all(this.#runs);
  }

  async #run(at: number, script: BundleRunScript): Promise<Raced> {
    const { does } = script;
    const first = does.kind === 're-run' ? await this.#runs[0] : undefined;
    await delay(script.startMs);
    const runId = String(firstRun + at);
    const run: Run =
      first !== undefined
        ? { ...first.run, attempt: 2, name: `run ${first.run.runId}-2` }
        : { asked: askedFor(wanted(does)), runId, attempt: 1, name: `run ${runId}-1` };
    return this.#play(run, script);
  }

  async #play(run: Run, script: BundleRunScript): Promise<Raced> {
    const { fleet, epoch, witness } = this.#scene;
    const { cloud } = fleet.stage;
    const token = `token of ${run.name}`;
    cloud.service(fly).world.addToken({ value: token, kind: 'org', email: emailOf(run) });
    const permissions = { deployments: 'write', contents: 'read', actions: 'read' } as const;
    const { actions: _, ...fewer } = permissions;
    const githubToken = cloud
      .service(github)
      .token({ permissions: script.readsActions ? permissions : fewer });
    const startedAt = Date.now() - epoch;
    const inputs = { 'fly-token': token, checks: shopChecks, timeout: '40s', 'github-token': githubToken };
    const facts = { run_id: run.runId, run_attempt: String(run.attempt), token: githubToken };
    const result = await this.#act(run, inputs, { github: facts, ...interruption(script) });
    const endedAt = Date.now() - epoch;
    const main = result?.main;
    const isGone = script.killedMs !== undefined && result?.job.conclusion === 'cancelled';
    const saidAt =
      main === undefined || isGone ? undefined : Date.parse(main.startedAt) + main.durationMs - epoch;
    const { outcome = '', reason = '', serving = '', release = '' } = main?.outputs ?? {};
    const lookedAt = Math.max((saidAt ?? endedAt) - 1_500, ownLast(fleet, witness, run));
    return {
      run,
      startedAt,
      endedAt,
      saidAt,
      isGone,
      script: toRace(script),
      said: saidAt === undefined || outcome === '' ? undefined : { outcome, reason, serving, release },
      machinesThen: witness.machinesAt(saidAt ?? endedAt),
      lookedAt,
      machinesSeen: witness.machinesAt(lookedAt),
      ...waitsIn(result),
      log: result === undefined ? '' : logOf(result),
    };
  }

  async #act(
    run: Run,
    inputs: Readonly<Record<string, string>>,
    options: Parameters<RollbackFleet['deploy']>[1],
  ): Promise<ActionResult | undefined> {
    const { fleet, images } = this.#scene;
    // One that was killed before its first step has nothing to show.
    const cutOff = () => undefined;
    if (run.asked.kind === 'rollback') {
      const own = { 'fly-app': demo.fly.app, 'wait-timeout': '10s', to: 'last-verified', ...inputs };
      return fleet.stage.run('rollback', own, options ?? {}).catch(cutOff);
    }
    // All of one commit: what is older than what serves would be refused.
    const image = images[imageName(run.asked.build.image)];
    const own = { 'wait-timeout': '10s', 'restore-timeout': '40s', image, ...inputs };
    return fleet.deploy(own, options).catch(cutOff);
  }
}

function wanted(does: BundleRunScript['does']): Parameters<typeof askedFor>[0] {
  if (does.kind === 'deploy') return { ...does, from: 'image' };
  return { kind: 'rollback', to: 'last-verified' };
}

function imageName(image: string): ImageName {
  if (image === 'c') return 'good';
  return image === 'd' ? 'better' : 'bad';
}

function interruption({ killedMs, cancelledMs }: BundleRunScript) {
  if (killedMs !== undefined) return { signal: AbortSignal.timeout(killedMs), cutOffMs: 0 };
  return cancelledMs === undefined ? {} : { signal: AbortSignal.timeout(cancelledMs) };
}

/** The same run in the words of a schedule: what its work takes is not known. */
function toRace({ does, startMs, readsActions, killedMs, cancelledMs }: BundleRunScript): RaceRunScript {
  const pace = { buildMs: 0, releaseCommandMs: 0, machineMs: 0, leasePauseMs: 0, checksMs: 0 };
  return {
    does: does.kind === 're-run' ? { kind: 're-run', of: 0 } : wanted(does),
    startMs,
    pace,
    timeoutMs,
    restoreTimeoutMs,
    hasChecks: true,
    readsActions,
    writesRecords: true,
    killedAt: killedMs,
    cancelledAt: cancelledMs,
    lostAnswer: undefined,
  };
}

/** As the log tells them. */
function waitsIn(result: ActionResult | undefined): Pick<Raced, 'turns' | 'over'> {
  const log = result === undefined ? '' : logOf(result);
  return {
    turns: log.includes('which goes first: until') ? [{ at: 0, answer: 'held' }] : [],
    over: new Set(log.includes('is over: it is not waited for') ? ['told in the log'] : []),
  };
}

/** All records as they really are, oldest first. */
async function recordsOf({ stage }: RollbackFleet): Promise<readonly LedgerRecord[]> {
  const emulator = stage.cloud.service(github);
  emulator.reveal();
  const ledger = createLedger({
    http: new GitHubHttp(emulator),
    clock: systemClock,
    context: aRunnerContext(),
    token: demo.github.token,
    warn: (message) => {
      throw new Error(message);
    },
  });
  const records: LedgerRecord[] = [];
  for await (const record of ledger.records('production', 'shop')) records.unshift(record);
  return records;
}

/** When it changed a machine last: it has looked since. */
function ownLast(fleet: RollbackFleet, { switches }: FleetWitness, run: Run): number {
  const own = fleet.app().releases.filter(({ user }) => user.email === emailOf(run));
  const last = switches.findLast(({ to }) => own.some(({ version }) => version === to));
  return last?.at ?? 0;
}
