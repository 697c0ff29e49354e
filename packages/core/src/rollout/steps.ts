import type { Live, PlatformFailure, Release, SettleResult } from '../platforms/platform.ts';
import { type Ending, ending, verdict } from './conclude.ts';
import type { Aside, Command, Step, VerifyPhase } from './events.ts';
import { closing } from './facts.ts';
import { failureFor } from './failures.ts';
import type { Role } from './standing.ts';
import type { Claim, Known, Move, RolloutState, Trouble } from './state.ts';

// The words the transition function is written in. Each builds a step or a part of one; none decides.

export function stepTo(state: RolloutState, ...commands: readonly Command[]): Step {
  return { state, commands };
}

/** Writes what is intended, or, in a record that is open already, what it stands on now. */
export function record(known: Known): Step {
  const { live } = known.before;
  return stepTo({ at: 'recording', known }, { do: 'record', live, queued: known.recorded === true });
}

/** Whether others are waited for. A rollback waits for nobody, and what the platform deploys by itself has its own order. */
export function isTurnAsked({ plan }: Known): boolean {
  return plan.kind === 'deploy' && plan.obtain === 'ship';
}

export function approach(known: Known, move: Move, asides: readonly Aside[] = []): Step {
  if (!known.plan.checksStaged || !isChecked(known, move))
    return stepTo({ at: 'rereading', known, move }, ...asides, { do: 'look' });
  return stepTo({ at: 'proving', known, move }, ...asides, verifyCommand(known, move, 'staged'));
}

export function settle(known: Known, move: Move, asides: readonly Aside[] = []): Step {
  const restores = move.to === 'restore';
  return stepTo({ at: 'settling', known, move }, ...asides, {
    do: 'settle',
    release: move.release,
    restores,
    owes: known.before.live.parts ?? [],
  });
}

/** Reports `claim` if one last look at the target agrees. */
export function conclude(known: Known, claim: Claim, asides: readonly Aside[] = []): Step {
  return stepTo({ at: 'concluding', known, claim }, ...asides, { do: 'look' });
}

export function concluded(known: Known, claim: Claim, live: Live | undefined): Step {
  const how = ending(known, claim, live);
  // Why it had to be taken back stays in the notes of a restore that ends as anything else.
  const isLost = claim.kind === 'serves' && how.outcome !== 'restored';
  const trouble = claim.kind === 'fails' ? claim.trouble : undefined;
  return end(isLost ? withTrouble(known, claim.move) : known, how, live, trouble);
}

/** Ends with what was seen just now; `undefined` when the platform could not be asked. */
export function end(known: Known, how: Ending, live: Live | undefined, trouble?: Trouble): Step {
  const final = verdict(known, how, live);
  return stepTo(
    { at: 'ended', verdict: final },
    ...closing(known, final, { verified: how.verified === true, trouble }),
  );
}

export function verifyCommand(known: Known, move: Move, phase: Exclude<VerifyPhase, 'before'>): Command {
  const restores = move.to === 'restore';
  const gates = restores && known.passed !== undefined ? { gates: known.passed } : {};
  return { do: 'verify', phase, release: move.release, restores, ...gates };
}

/** After a restore only gates that passed before the change can judge it; with none left the platform does. */
export function isChecked(known: Known, move: Move): boolean {
  return known.plan.hasChecks && (move.to === 'change' || known.passed?.length !== 0);
}

/** Stops what this run has under way; harmless on a release that is final. */
export function stop({ wanted }: Known): Aside {
  return { do: 'stop', ...(wanted !== undefined && { release: wanted }) };
}

/** The role a release has while, and after, this move makes it live. */
export function roleOfMove(move: Move): Role {
  return move.to === 'change' ? 'wanted' : 'back';
}

export function withNotes(known: Known, notes: readonly string[]): Known {
  return { ...known, notes: [...known.notes, ...notes] };
}

/** A restore that fails reports its own failure; this keeps why it was needed. */
export function withTrouble(known: Known, move: Move): Known {
  if (move.to === 'change') return known;
  return withNotes(known, [`The change had failed first: ${move.trouble.failure.what}`]);
}

/** That the move has settled, and what ran then: the last look is held against it. */
export function withRunning(known: Known, result: SettleResult): Known {
  return result.kind === 'settled' ? { ...known, settled: result.running ?? {} } : known;
}

export function withWanted(known: Known, release: Release | undefined): Known {
  return release === undefined ? known : { ...known, wanted: release };
}

export function stranded(reason: string, cause?: PlatformFailure) {
  return { kind: 'fails', outcome: 'stranded', reason, ...(cause !== undefined && { cause }) } as const;
}

export function inconclusive(reason: string, cause: PlatformFailure) {
  return { kind: 'fails', outcome: 'inconclusive', reason, cause } as const;
}

export function unreachable(note: string) {
  return inconclusive('platform-unreachable', failureFor('platform-unreachable', note));
}
