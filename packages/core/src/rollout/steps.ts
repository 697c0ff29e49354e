import type { Live, PlatformFailure, Release, SettleResult } from '../platforms/platform.ts';
import { defined } from '../text/defined.ts';
import { type Ending, ending, verdict } from './conclude.ts';
import type { Command, SideEffect, Transition, VerifyPhase } from './events.ts';
import { closing } from './facts.ts';
import { failureFor } from './failures.ts';
import type { Role } from './live-relation.ts';
import type { Activation, Cause, Conclusion, RolloutContext, RolloutState } from './state.ts';

// The words the transition function is written in. Each builds a step or a part of one; none decides.

export function stepTo(state: RolloutState, ...commands: readonly Command[]): Transition {
  return { state, commands };
}

/** Writes what is intended, or, in a record that is open already, what it stands on now. */
export function record(known: RolloutContext): Transition {
  const { live } = known.before;
  return stepTo({ at: 'recording', known }, { do: 'record', live, queued: known.recorded === true });
}

/** Whether others are waited for. A rollback waits for nobody, and what the platform deploys by itself has its own order. */
export function isTurnAsked({ plan }: RolloutContext): boolean {
  return plan.kind === 'deploy' && plan.obtain === 'ship';
}

export function approach(
  known: RolloutContext,
  move: Activation,
  sideEffects: readonly SideEffect[] = [],
): Transition {
  if (!known.plan.checksStaged || !isChecked(known, move))
    return stepTo({ at: 'rechecking-live', known, move }, ...sideEffects, { do: 'look' });
  return stepTo(
    { at: 'verifying-staged', known, move },
    ...sideEffects,
    verifyCommand(known, move, 'staged'),
  );
}

export function settle(
  known: RolloutContext,
  move: Activation,
  sideEffects: readonly SideEffect[] = [],
): Transition {
  const restores = move.to === 'restore';
  return stepTo({ at: 'settling', known, move }, ...sideEffects, {
    do: 'settle',
    release: move.release,
    restores,
    owes: known.before.live.parts ?? [],
  });
}

/** Reports `claim` if one last look at the target agrees. */
export function conclude(
  known: RolloutContext,
  conclusion: Conclusion,
  sideEffects: readonly SideEffect[] = [],
): Transition {
  return stepTo({ at: 'confirming', known, conclusion }, ...sideEffects, { do: 'look' });
}

export function concluded(known: RolloutContext, conclusion: Conclusion, live: Live | undefined): Transition {
  const how = ending(known, conclusion, live);
  // Why it had to be taken back stays in the notes of a restore that ends as anything else.
  const isLost = conclusion.kind === 'serves' && how.outcome !== 'restored';
  const trouble = conclusion.kind === 'fails' ? conclusion.trouble : undefined;
  return end(isLost ? withCause(known, conclusion.move) : known, how, live, trouble);
}

/** Ends with what was seen just now; `undefined` when the platform could not be asked. */
export function end(known: RolloutContext, how: Ending, live: Live | undefined, trouble?: Cause): Transition {
  const final = verdict(known, how, live);
  return stepTo(
    { at: 'ended', verdict: final },
    ...closing(known, final, { verified: how.verified === true, trouble }),
  );
}

export function verifyCommand(
  known: RolloutContext,
  move: Activation,
  phase: Exclude<VerifyPhase, 'before'>,
): Command {
  const restores = move.to === 'restore';
  const gates = restores && known.passed !== undefined ? { gates: known.passed } : {};
  const served = known.unchanged || move.wasThere === true ? ({ served: true } as const) : {};
  return { do: 'verify', phase, release: move.release, restores, ...gates, ...served };
}

/** After a restore only gates that passed before the change can judge it; with none left the platform does. */
export function isChecked(known: RolloutContext, move: Activation): boolean {
  return known.plan.hasChecks && (move.to === 'change' || known.passed?.length !== 0);
}

/** Stops what this run has under way; harmless on a release that is final. */
export function stop({ wanted }: RolloutContext): SideEffect {
  return { do: 'stop', ...defined({ release: wanted }) };
}

/** The role a release has while, and after, this move makes it live. */
export function roleOfActivation(move: Activation): Role {
  return move.to === 'change' ? 'wanted' : 'back';
}

export function withNotes(known: RolloutContext, notes: readonly string[]): RolloutContext {
  return { ...known, notes: [...known.notes, ...notes] };
}

/** A restore that fails reports its own failure; this keeps why it was needed. */
export function withCause(known: RolloutContext, move: Activation): RolloutContext {
  if (move.to === 'change') return known;
  return withNotes(known, [`The change had failed first: ${move.trouble.failure.what}`]);
}

/** That the move has settled, and what ran then: the last look is held against it. */
export function withRunning(known: RolloutContext, result: SettleResult): RolloutContext {
  return result.kind === 'settled' ? { ...known, settled: result.running ?? {} } : known;
}

export function withWanted(known: RolloutContext, release: Release | undefined): RolloutContext {
  return release === undefined ? known : { ...known, wanted: release };
}

export function stranded(reason: string, cause?: PlatformFailure) {
  return { kind: 'fails', outcome: 'stranded', reason, ...defined({ cause }) } as const;
}

export function inconclusive(reason: string, cause: PlatformFailure) {
  return { kind: 'fails', outcome: 'inconclusive', reason, cause } as const;
}

export function unreachable(note: string) {
  return inconclusive('platform-unreachable', failureFor('platform-unreachable', note));
}
