import type { Intent } from '../../../packages/core/src/ledger/record.ts';
import { runRollout } from '../../../packages/core/src/rollout/driver.ts';
import type { RolloutVerdict } from '../../../packages/core/src/rollout/plan.ts';
import type { RolloutPorts } from '../../../packages/core/src/rollout/ports.ts';
import { resumeInPost } from '../../../packages/core/src/rollout/resume.ts';
import { readSaved } from '../../../packages/core/src/rollout/saved.ts';
import { Timeline } from '../../../packages/core/src/rollout/timeline.ts';
import { planOf } from '../histories/run-plan.ts';
import { type Around, contextOf, judged, openRun, type Run } from '../histories/run-ports.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { LateGitHub } from './late-github.ts';
import type { Raced, Word } from './race.ts';
import { RacePlatform } from './race-platform.ts';
import { RaceProcess } from './race-process.ts';
import type { RaceWorld } from './race-world.ts';
import type { RaceRunScript } from './script.ts';
import { WatchedTurnDoor } from './turn-door.ts';

/** What all runs of a schedule share. */
export interface Runs {
  readonly clock: VirtualClock;
  readonly world: RaceWorld;
  readonly github: LateGitHub;
  /** Whether a run has ended, `post` too, or is gone. */
  isOver(run: Pick<Intent, 'run' | 'attempt'>): boolean;
}

/** A run until its main part has ended. */
export interface PlayedMain extends Omit<Raced, 'endedAt'> {
  readonly process: RaceProcess;
}

const waitTimeoutMs = 60_000;

interface Opened {
  readonly process: RaceProcess;
  readonly platform: RacePlatform;
  readonly ports: RolloutPorts;
  readonly door: WatchedTurnDoor;
}

/** The main part of a run, until it has said how it ended or its runner is gone. */
export async function playMain(run: Run, script: RaceRunScript, runs: Runs): Promise<PlayedMain> {
  const { clock, world } = runs;
  const { process, ports, door } = open({ run, script, part: 'main' }, runs);
  world.tell(`${run.name} starts`);
  const startedAt = clock.monotonic();
  const limits = {
    timeoutMs: script.timeoutMs,
    restoreTimeoutMs: run.asked.kind === 'rollback' ? 0 : script.restoreTimeoutMs,
    signal: process.cancel.signal,
  };
  let refused: string | undefined;
  const rollout = runRollout(planOf(run, script), ports, limits).catch((error: unknown) => {
    refused = error instanceof Error ? error.message : String(error);
    return undefined;
  });
  const verdict = await Promise.race([rollout, process.killed.then(() => undefined)]);
  const word = refused ?? `${verdict?.outcome}/${verdict?.reason}, serving ${verdict?.serving}`;
  if (!process.isGone) world.tell(`${run.name} says ${word}`);
  return {
    run,
    script,
    startedAt,
    said: verdict && wordOf(verdict),
    process,
    saidAt: process.isGone ? undefined : clock.monotonic(),
    isGone: process.isGone,
    machinesThen: world.fleet.machines,
    machinesSeen: process.sights.at(-1)?.machines,
    lookedAt: process.lookedAt,
    turns: door.asked,
    over: door.over,
  };
}

/** What the runner does after the main part, however that ended. */
export async function playPost(run: Run, script: RaceRunScript, main: PlayedMain, runs: Runs): Promise<void> {
  const saved = readSaved(main.process.saved);
  if (saved === undefined) return;
  const { process, platform, ports } = open({ run, script, part: 'post' }, runs);
  runs.world.tell(`${run.name}: post`);
  const { asked } = run;
  const back = asked.kind === 'deploy' ? (saved.restore?.release ?? saved.known.back) : saved.known.wanted;
  platform.own.recall(saved.memory, { back });
  const { outcome, reason } = await resumeInPost(saved, ports, process.cancel.signal);
  runs.world.tell(`${run.name}: post says ${outcome}/${reason}`);
}

function open(
  {
    run,
    script,
    part,
  }: { readonly run: Run; readonly script: RaceRunScript; readonly part: 'main' | 'post' },
  runs: Runs,
): Opened {
  const { world, clock, github } = runs;
  const process = new RaceProcess({ world, clock, maker: run.name, script, part });
  const platform = new RacePlatform(process);
  const { writesRecords, lostAnswer, readsActions } = script;
  const lost = part === 'main' ? lostAnswer : undefined;
  const ledger = github.ledgerOf({ process, context: contextOf(run), writesRecords, lostAnswer: lost });
  const isOver: Around['isOver'] = async (other) => readsActions && runs.isOver(other);
  const own = openRun(run, process, { ledger, platform, waitTimeoutMs, isOver, chronicle: () => [] });
  if (own.ports.turn === undefined) throw new Error('A run of a schedule takes its turn.');
  const door = new WatchedTurnDoor(own.ports.turn, process);
  const budgetMs = script.timeoutMs + (run.asked.kind === 'rollback' ? 0 : script.restoreTimeoutMs);
  const time = process.time;
  const ports: RolloutPorts = {
    ...own.ports,
    clock: time,
    timeline: new Timeline(time),
    turn: door,
    intent: (live) => ({ ...own.ports.intent(live), budgetMs }),
    prepare: async (allowance) => {
      if (run.asked.kind === 'deploy') await platform.build(allowance);
      return undefined;
    },
    ...(script.hasChecks && {
      verify: async ({ phase }, { signal }) => {
        await process.called(`verify ${phase}`, signal);
        const { checksMs } = script.pace;
        await process.pause(phase === 'before' ? Math.min(2_000, checksMs) : checksMs, signal);
        return judged(world);
      },
    }),
  };
  return { process, platform, ports, door };
}

function wordOf({ outcome, reason, serving, release }: RolloutVerdict): Word {
  return { outcome, reason, serving, release: release?.id };
}
