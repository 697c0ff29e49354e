import { runRollout } from '../../../packages/core/src/rollout/driver.ts';
import type { RolloutVerdict } from '../../../packages/core/src/rollout/plan.ts';
import { resumeInPost } from '../../../packages/core/src/rollout/resume.ts';
import { readSaved } from '../../../packages/core/src/rollout/saved.ts';
import type { SavedRollout } from '../../../packages/core/src/rollout/saved-shape.ts';
import { MemoryLedger } from '../model-platforms/memory-ledger.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { type Chronicle, chronicleOf } from './chronicle.ts';
import { Elsewheres } from './elsewhere.ts';
import type { Machine } from './fleet.ts';
import { NumberedWorld, pinned } from './numbered-world.ts';
import { planOf } from './run-plan.ts';
import { type Asked, type Chosen, type OpenRun, openRun, type Run } from './run-ports.ts';
import { RunProcess, type Sight } from './run-process.ts';
import type { HistoryScript, RolloutScript, What } from './script.ts';

const timeoutMs = 1_200_000;
const restoreTimeoutMs = 600_000;

/** One rollout of a history as it ended, `main` or what `post` made of it. */
export interface Played {
  readonly script: RolloutScript;
  readonly run: Run;
  readonly part: 'main' | 'post';
  /** Undefined when it was refused, or its runner was gone. */
  readonly verdict: RolloutVerdict | undefined;
  readonly process: RunProcess;
  readonly chosen: readonly Chosen[];
  /** What was there when it began to act, by its last true look before that. */
  readonly before: Sight | undefined;
  /** What was there, and what was known of it, when it ended. */
  readonly machines: readonly Machine[];
  readonly changes: number;
  readonly chronicle: Chronicle;
  /** What was known when it began. */
  readonly known: Chronicle;
  readonly saved: SavedRollout | undefined;
  /** The versions that this run's records call its own. */
  readonly owned: readonly number[];
  /** How often anything had changed when it began. */
  readonly startedAt: number;
  readonly tookMs: number;
  /** The main part of it, for `post`. */
  readonly main?: Played;
}

export interface PlayedHistory {
  readonly world: NumberedWorld;
  readonly ledger: MemoryLedger;
  readonly rollouts: readonly Played[];
}

/** Plays rollouts one after the other over one ledger and one app. */
export async function playHistory(script: HistoryScript): Promise<PlayedHistory> {
  return new HistoryPlay(script).play();
}

class HistoryPlay {
  readonly #script: HistoryScript;
  readonly #world = new NumberedWorld();
  readonly #clock = new VirtualClock();
  #writes = 0;
  /** Each write a second after the last: what was said in one second nobody can put in order. */
  #ledger = new MemoryLedger(false, () => {
    this.#writes += 1;
    return this.#clock.now() + this.#writes * 1000;
  });
  readonly #elsewheres: Elsewheres;
  readonly #rollouts: Played[] = [];
  #runs = 0;

  constructor(script: HistoryScript) {
    this.#script = script;
    this.#elsewheres = new Elsewheres(this.#world, script.builds);
  }

  async play(): Promise<PlayedHistory> {
    await this.#begin();
    for (const script of this.#script.rollouts) await this.#rollout(script);
    return { world: this.#world, ledger: this.#ledger, rollouts: this.#rollouts };
  }

  async #begin(): Promise<void> {
    const [build] = this.#script.builds;
    if (build === undefined) throw new Error('A history needs a build.');
    const { workers, isFirstVerified } = this.#script;
    const how = isFirstVerified ? 'verified' : 'unrecorded';
    await this.#elsewheres.first({ build, imageRef: pinned(build.image) }, how, this.#ledger);
    this.#world.change('it begins with', (fleet) => {
      fleet.add('web', 1);
      fleet.add('web', 1, 'resting');
      for (let worker = 0; worker < workers; worker += 1) fleet.add('worker', 1);
    });
  }

  async #rollout(script: RolloutScript): Promise<void> {
    const run = this.#runOf(script.what);
    this.#world.tell(`${run.name}: ${describe(run.asked)}`);
    this.#world.noRoomUntil = noRoomUntil(script, this.#clock.monotonic());
    const main = await this.#main(run, script);
    this.#rollouts.push(main);
    if (main.process.isGone) this.#ledger = this.#ledger.copy();
    await this.#elsewheres.beforePost(script, main.process, this.#ledger);
    const post = await this.#post(main);
    if (post !== undefined) this.#rollouts.push(post);
    this.#world.noRoomUntil = 0;
  }

  async #main(run: Run, script: RolloutScript): Promise<Played> {
    const known = chronicleOf(this.#world, this.#ledger);
    const process = this.#process(run, script);
    const open = this.#open(run, process);
    const isBack = run.asked.kind === 'rollback';
    const limits = {
      timeoutMs,
      restoreTimeoutMs: isBack ? 0 : restoreTimeoutMs,
      signal: process.cancel.signal,
    };
    const rollout = runRollout(planOf(run, script), open.ports, limits);
    const verdict = await Promise.race([rollout, process.killed.then(() => undefined)]);
    return this.#played({ run, script, part: 'main', verdict, process, open, known });
  }

  async #post(main: Played): Promise<Played | undefined> {
    const saved = readSaved(main.process.saved);
    if (saved === undefined || saved.ended) return undefined;
    const { run } = main;
    this.#world.tell('  post');
    const known = chronicleOf(this.#world, this.#ledger);
    const script: RolloutScript = { ...main.script, ...undisturbed };
    const process = this.#process(run, script);
    const open = this.#open(run, process);
    const back =
      run.asked.kind === 'deploy' ? (saved.restore?.release ?? saved.known.back) : saved.known.wanted;
    open.platform.own.recall(saved.memory, { back });
    const verdict = await resumeInPost(saved, open.ports, process.cancel.signal);
    return this.#played({ run, script, part: 'post', verdict, process, open, known, main });
  }

  #open(run: Run, process: RunProcess): OpenRun {
    const ledger = this.#ledger;
    return openRun(run, process, { ledger, chronicle: () => chronicleOf(this.#world, ledger) });
  }

  #played(how: {
    readonly run: Run;
    readonly script: RolloutScript;
    readonly part: Played['part'];
    readonly verdict: RolloutVerdict | undefined;
    readonly process: RunProcess;
    readonly open: OpenRun;
    readonly known: Chronicle;
    readonly main?: Played;
  }): Played {
    const { open, verdict, process, ...rest } = how;
    const { world } = process;
    world.tell(
      `  ${verdict === undefined ? 'no verdict' : `${verdict.outcome}/${verdict.reason}, serving ${verdict.serving}`}`,
    );
    return {
      ...rest,
      verdict,
      process,
      chosen: open.chosen,
      before: beforeOf(rest.main?.process ?? process, rest.main?.saved),
      machines: world.fleet.machines,
      changes: world.changes,
      chronicle: chronicleOf(world, this.#ledger),
      saved: readSaved(process.saved),
      owned: ownedBy(rest.run, this.#ledger),
      startedAt: process.startedAt,
      tookMs: this.#clock.monotonic() - process.startedMs,
    };
  }

  #process(run: Run, script: RolloutScript): RunProcess {
    const process: RunProcess = new RunProcess({
      world: this.#world,
      clock: this.#clock,
      script,
      elsewhere: (call) => this.#elsewheres.at(call, process, this.#ledger),
    });
    for (const image of imagesOf(run, this.#world)) process.images.add(image);
    return process;
  }

  /** A run of its own, or the one before it once more. */
  #runOf(what: What): Run {
    const last = this.#rollouts.at(-1)?.run;
    if (what.does === 're-run' && last !== undefined) {
      const attempt = last.attempt + 1;
      return { ...last, attempt, name: `run ${last.runId}-${attempt}` };
    }
    this.#runs += 1;
    const runId = String(this.#runs);
    return { asked: this.#asked(what), name: `run ${runId}-1`, runId, attempt: 1 };
  }

  #asked(what: What): Asked {
    if (what.does === 'rollback') {
      if (typeof what.to === 'string') return { kind: 'rollback', to: { kind: what.to } };
      const version = Math.max(1, this.#world.made.length - what.to.back);
      return { kind: 'rollback', to: { kind: 'version', label: `v${version}` } };
    }
    const [build] = this.#script.builds.slice(what.does === 'deploy' ? what.build : 0);
    if (build === undefined) throw new Error('A history needs its builds.');
    return { kind: 'deploy', build, from: what.does === 'deploy' ? what.from : 'image' };
  }
}

const undisturbed = {
  stale: [],
  elsewhere: [],
  cancelledAt: undefined,
  killedAt: undefined,
  isBlind: false,
  ship: 'done',
  restore: 'done',
} as const satisfies Partial<RolloutScript>;

/** Images that this run is known to make live: of these a release that nobody recorded could be its own. */
function imagesOf({ asked }: Run, world: NumberedWorld): readonly string[] {
  if (asked.kind === 'rollback') return world.made.map(({ build }) => build.image);
  return [asked.build.image, ...world.serving.map((version) => world.get(version).build.image)];
}

/** A rollback stands on the look it chose from, a deploy on its first; `post` on what `main` had written down of it. */
function beforeOf({ sights, choosesFrom }: RunProcess, saved: SavedRollout | undefined): Sight | undefined {
  const isFirst = saved !== undefined && saved.known.again !== true;
  return (isFirst ? undefined : choosesFrom) ?? sights[0];
}

/** What its records say it has shipped or brought back anew. */
function ownedBy({ runId, attempt }: Run, { kept }: MemoryLedger): readonly number[] {
  return kept.flatMap(({ record: { intent, facts } }) =>
    intent.run !== runId || intent.attempt !== attempt
      ? []
      : facts.flatMap(({ fact }) => {
          const isMade =
            fact.kind === 'shipped' || (fact.kind === 'activated' && fact.release !== intent.restores);
          return isMade ? [Number(fact.release.slice(1))] : [];
        }),
  );
}

function noRoomUntil({ room }: RolloutScript, now: number): number {
  if (room === 'there') return 0;
  return room === 'late' ? now + 120_000 : Number.POSITIVE_INFINITY;
}

function describe(asked: Asked): string {
  if (asked.kind === 'deploy')
    return `deploys ${asked.build.commit} from ${asked.from === 'image' ? 'an image' : 'its source'}`;
  return `rolls back to ${asked.to.kind === 'version' ? asked.to.label : asked.to.kind}`;
}
