import type { Intent } from '../../../packages/core/src/ledger/record.ts';
import { digest } from '../histories/build.ts';
import { pinned } from '../histories/numbered-world.ts';
import type { Run } from '../histories/run-ports.ts';
import { anIntent } from '../ledger-builders.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { askedFor, older, strange } from './builds.ts';
import { LateGitHub } from './late-github.ts';
import { playMain, playPost, type Runs } from './play-run.ts';
import type { PlayedRace, Raced } from './race.ts';
import { RaceWorld } from './race-world.ts';
import type { RaceRunScript, RaceScript, Stranger } from './script.ts';
import { deploySlowly, leaseWaitMs } from './slow-client.ts';

/** No schedule takes longer, whatever its runs wait for, milliseconds. */
const longestMs = 3 * 3_600_000;

/** Plays a schedule: all of its runs over one app, one GitHub and one clock. */
export async function playRace(script: RaceScript): Promise<PlayedRace> {
  return new RacePlay(script).play();
}

class RacePlay implements Runs {
  readonly clock = new VirtualClock();
  readonly world = new RaceWorld(this.clock);
  readonly github: LateGitHub;
  readonly #script: RaceScript;
  readonly #epoch = this.clock.now();
  readonly #over = new Set<string>();
  readonly #ends: Promise<Raced>[] = [];
  readonly #runs: Run[] = [];

  constructor(script: RaceScript) {
    this.#script = script;
    this.github = new LateGitHub(this.clock, script.lots);
  }

  isOver({ run, attempt }: Pick<Intent, 'run' | 'attempt'>): boolean {
    return this.#over.has(nameOf(run, attempt));
  }

  async play(): Promise<PlayedRace> {
    await this.#begin();
    for (const [at, script] of this.#script.runs.entries()) this.#ends.push(this.#run(at, script));
    const all = [...this.#ends, this.#stranger(this.#script.stranger)];
    const ended = new AbortController();
    const tooLong = this.clock.sleep(longestMs, ended.signal).then(
      () => Promise.reject(new Error(`A run never ended.\n${this.world.story.join('\n')}`)),
      () => {},
    );
    await Promise.race([Promise.all(all).finally(() => ended.abort()), tooLong]);
    const runs = await Promise.all(this.#ends);
    const { world, github } = this;
    return {
      script: this.#script,
      world,
      asked: github.asked,
      runs,
      records: await github.truth(),
      first: older.length,
      machines: world.fleet.machines.map(({ id }) => id),
      epoch: this.#epoch,
    };
  }

  async #begin(): Promise<void> {
    const { world, clock } = this;
    const ledger = this.github.ledgerBeside();
    for (const [at, build] of older.entries()) {
      const made = world.make({ maker: 'an older run', build, imageRef: pinned(build.image) });
      made.status = 'complete';
      const release = `v${made.version}`;
      const intent = anIntent({
        commit: build.commit,
        previous: at === 0 ? null : `v${at}`,
        run: `older ${at}`,
      });
      const own = await ledger.open('deploy', intent, '');
      await own.add(
        { kind: 'shipped', release, label: release, artifact: digest(build.image) },
        'in_progress',
      );
      await own.add({ kind: 'verdict', verdict: 'pass' }, 'success');
      await clock.sleep(1_000);
    }
    world.change('it begins with', (fleet) => {
      for (let machine = 0; machine < this.#script.machines; machine += 1) fleet.add('web', older.length);
    });
  }

  async #run(at: number, script: RaceRunScript): Promise<Raced> {
    const run = await this.#started(at, script);
    const name = nameOf(run.runId, run.attempt);
    const main = await playMain(run, script, this);
    // The state is kept by the runner: where that is gone, `post` does not come.
    if (!main.isGone) await playPost(run, script, main, this);
    this.#over.add(name);
    const { process, ...rest } = main;
    return { ...rest, endedAt: process.goneAt ?? this.clock.monotonic() };
  }

  /** A run of its own when its time has come, or an older one once more when that is over. */
  async #started(at: number, { does, startMs }: RaceRunScript): Promise<Run> {
    if (does.kind === 're-run') {
      const first = Math.min(does.of, at - 1);
      const { run } = await (this.#ends[first] ??
        Promise.reject(new Error('A re-run repeats an earlier run.')));
      await this.clock.sleep(startMs);
      const attempts = this.#runs.filter(({ runId }) => runId === run.runId).length;
      return this.#named({ ...run, attempt: attempts + 1, name: `run ${run.runId}-${attempts + 1}` });
    }
    const runId = String(at + 1);
    await this.clock.sleep(startMs);
    return this.#named({ asked: askedFor(does), runId, attempt: 1, name: `run ${runId}-1` });
  }

  #named(run: Run): Run {
    this.#runs.push(run);
    return run;
  }

  async #stranger(stranger: Stranger | undefined): Promise<void> {
    if (stranger === undefined) return;
    const { world, clock } = this;
    const maker = 'a stranger';
    const pause = (ms: number) => clock.sleep(ms);
    const order = { maker, build: strange, imageRef: pinned(strange.image) };
    const hand = {
      maker,
      world,
      pace: stranger.pace,
      goneAt: undefined,
      pause,
      now: () => clock.monotonic(),
      called: () => pause(200),
    };
    await clock.sleep(stranger.startMs);
    await deploySlowly(order, hand, { skipsCommand: false, patienceMs: leaseWaitMs });
  }
}

export function nameOf(run: string, attempt: number): string {
  return `run ${run}-${attempt}`;
}
