import { cleanUpMs } from './pending-clean-ups.ts';
import type { ProbeSession } from './prober.ts';
import { settle } from './rounds.ts';
import { SingleCheck } from './single-check.ts';
import type { StepProgress } from './step-rules.ts';
import { stepRules } from './step-rules.ts';
import { Stop } from './stop.ts';
import type { RoundMode, RoundsContext } from './unit.ts';
import { timeLeft } from './unit.ts';

/** The steps of `finally` have this at most of a run that has little time, milliseconds, and this share of it. */
const mostReserve = 10_000;
const shareOfReserve = 0.2;

/** What is kept of the time that is left for the steps of `finally`, milliseconds. */
export function reserveOf(closing: readonly StepProgress[], run: RoundsContext): number {
  const wanted = closing.reduce((sum, { step }) => sum + step.check.timeoutMs, 0);
  return Math.max(0, Math.min(wanted, mostReserve, shareOfReserve * timeLeft(run.deadline, run)));
}

/** Nothing was asked, so nothing was made. */
export async function leftAlone(closing: readonly StepProgress[]): Promise<void> {
  const cause = 'no step was asked';
  for (const { track } of closing) track.skipped = { outcome: 'skipped', reason: 'earlier-step', cause };
}

/**
 * Asks every step of `finally` once the pass has ended, however it did: none waits for another, and what they meet
 * decides nothing. A run that is cancelled leaves them 2 s.
 */
export async function cleanUp(
  closing: readonly StepProgress[],
  session: ProbeSession,
  { manner, run }: { readonly manner: RoundMode; readonly run: RoundsContext },
): Promise<void> {
  const { clock, signal } = run;
  const deadline = signal.aborted ? Math.min(run.deadline, clock.monotonic() + cleanUpMs) : run.deadline;
  const own = new AbortController().signal;
  const context: RoundsContext = {
    ...run,
    deadline,
    signal: own,
    stop: new Stop({ clock, signal: own }),
    // Those that were cancelled may hold every place.
    limit: (work) => work(),
  };
  for (const { step, track } of closing) {
    const leftOut = await session.leftOut(step.at);
    if (leftOut !== undefined) {
      track.skipped = { outcome: 'skipped', ...leftOut };
      continue;
    }
    const single = new SingleCheck(track, step, stepRules(step), (task) => session.ask(step.at, task));
    single.begin(clock.monotonic());
    const took = await single.round(manner, context);
    if (took !== 'good' && took !== 'none' && manner === 'patient') await settle(single, context, took);
  }
}
