import type { Outcome } from '../outcome/outcome.ts';
import { describeMissing, missingOf } from '../platforms/parts.ts';
import type { Live, PlatformFailure, Release } from '../platforms/platform.ts';
import { describeUnmanagedTarget } from '../platforms/unmanaged.ts';
import { defined } from '../text/defined.ts';
import { failureFor } from './failures.ts';
import { describeServing, isBeside, liveRelation, runs, serves, soleRelease } from './live-relation.ts';
import type { RolloutVerdict } from './plan.ts';
import { serving } from './serving.ts';
import type { Conclusion, RolloutContext } from './state.ts';

/** How it ended, before `serving` and the releases are added. */
export interface Ending {
  readonly outcome: Outcome;
  readonly reason: string;
  readonly cause?: PlatformFailure | undefined;
  /** Checks passed against what serves, beyond the platform's own account. */
  readonly verified?: boolean;
  /** The old release serves again, and there are checks of which none could judge it: they had failed before it went. */
  readonly isUnjudged?: true;
  readonly next?: string;
}

/** The verdict on `ending`, given what was last seen live; `undefined` when the platform could not be asked. */
export function verdict(known: RolloutContext, ending: Ending, live: Live | undefined): RolloutVerdict {
  const previous = servedBefore(known);
  return {
    outcome: ending.outcome,
    reason: ending.reason,
    serving: serving(live, known),
    ...defined({ cause: ending.cause, next: ending.next }),
    ...(ending.isUnjudged === true && { isUnjudged: true as const }),
    ...defined({ release: known.wanted, previous, live }),
    notes: [...known.notes, ...beside(ending, live), ...lost(live)],
  };
}

/** What the platform had made live before this run first looked is the change itself: what served before is not known by it. */
function servedBefore({ before, wanted, unchanged, plan }: RolloutContext): Release | undefined {
  const release = soleRelease(before.live);
  const isChange = plan.obtain === 'find' && !unchanged && release?.id === wanted?.id;
  return isChange ? undefined : release;
}

/** Whatever was decided, what answers beside it is named; where it is the cause it is named there. */
function beside({ cause }: Ending, live: Live | undefined): readonly string[] {
  const { unmanaged = [] } = live ?? {};
  if (unmanaged.length === 0 || cause?.reason === 'unmanaged-machines') return [];
  const { what, next } = describeUnmanagedTarget(unmanaged);
  return [`${what} ${next}`];
}

/** What cannot be seen is neither old nor new, and no claim covers it. */
function lost(live: Live | undefined): readonly string[] {
  return (live?.outOfSight ?? []).map(
    (name) =>
      `The host of ${name} does not answer: which release it has, and whether it serves, is not known.`,
  );
}

/** A claim held against the last look: success is reported only of what is seen to serve. */
export function ending(known: RolloutContext, conclusion: Conclusion, live: Live | undefined): Ending {
  if (conclusion.kind === 'fails')
    return isOvertaken(known, conclusion, live) ? superseded(conclusion.cause) : conclusion;
  if (conclusion.kind === 'staged') return { outcome: 'staged', reason: 'staged' };
  const cause = conclusion.move.to === 'restore' ? conclusion.move.trouble.failure : undefined;
  if (live === undefined) return { outcome: 'inconclusive', reason: 'platform-unreachable', cause };
  const role = conclusion.move.to === 'change' ? 'wanted' : 'back';
  if (serves(live, role, known)) {
    if (live.switchedOff === true && !conclusion.verified) return SWITCHED_OFF;
    return incomplete(known, live) ?? unseen(known, conclusion) ?? success(known, conclusion);
  }
  if (liveRelation(live, known) === 'others') return superseded(cause);
  if (isBeside(live) && runs(live, role, known))
    return { outcome: 'stranded', reason: 'unmanaged-machines', cause: cause ?? besides(live) };
  const mixed = failureFor('mixed-fleet', `${describeServing(live)}.`);
  return { outcome: 'stranded', reason: 'mixed-fleet', cause: cause ?? mixed };
}

/** What was asked may have been another release by then: nothing is said of what served before it. */
function isOvertaken(
  known: RolloutContext,
  { reason }: Conclusion & { kind: 'fails' },
  live: Live | undefined,
): boolean {
  return reason === 'already-live-failing' && live !== undefined && liveRelation(live, known) === 'others';
}

function superseded(cause: PlatformFailure | undefined): Ending {
  return { outcome: 'stranded', reason: 'superseded', cause };
}

function besides(live: Live): PlatformFailure {
  return { reason: 'unmanaged-machines', ...describeUnmanagedTarget(live.unmanaged ?? []) };
}

/** What ran when it settled has to run now; what ended by itself meanwhile may not be called whole. */
function incomplete({ settled }: RolloutContext, live: Live): Ending | undefined {
  const missing = missingOf(live.parts, settled?.parts);
  if (missing.length === 0) return undefined;
  const what = `What serves is not all there: ${describeMissing(missing)}.`;
  return { outcome: 'stranded', reason: 'incomplete', cause: { ...failureFor('incomplete', what), missing } };
}

/** What somebody else made live in the moment before it was taken over by what serves now, and nobody has decided that. */
function unseen(
  { between = [], wanted }: RolloutContext,
  { move, verified }: Conclusion & { kind: 'serves' },
): Ending | undefined {
  if (move.to === 'restore' || between.length === 0) return undefined;
  const were = between.length === 1 ? 'was' : 'were';
  const what = `${between.join(' and ')} ${were} made by somebody else between the last look and ${wanted?.label}, and ${were} taken over unseen.`;
  const next = 'See which of the two should serve, and deploy or roll back to it.';
  return { outcome: 'stranded', reason: 'superseded', cause: { reason: 'superseded', what, next }, verified };
}

/** Where nothing runs there is nothing to judge, and nothing that serves. */
const SWITCHED_OFF: Ending = {
  outcome: 'inconclusive',
  reason: 'switched-off',
  cause: failureFor('switched-off'),
};

function success(known: RolloutContext, { move, verified }: Conclusion & { kind: 'serves' }): Ending {
  if (move.to === 'change' && known.unchanged) return { outcome: 'unchanged', reason: 'already-live' };
  const proof = verified ? 'verified' : 'platform-only';
  if (move.to === 'change' && known.plan.kind === 'deploy')
    return { outcome: 'live', reason: proof, verified };
  const cause = move.to === 'restore' ? move.trouble.failure : undefined;
  // With checks that could not judge the old release, what made the restore necessary is still the reason.
  const isTold = cause !== undefined && (verified || known.plan.hasChecks);
  const because = isTold ? cause.reason : proof;
  const reason = move.caveat === undefined ? because : 'restored-image-only';
  const isUnjudged = move.to === 'restore' && known.plan.hasChecks && !verified;
  return { outcome: 'restored', reason, cause, verified, ...(isUnjudged && { isUnjudged: true as const }) };
}
