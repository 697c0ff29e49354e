import type { CheckOutcome, Outcome, Serving } from './outcome.ts';

/** What an action does to what serves: puts something new there, brings something back, or only looks. */
export type ActionKind = 'deploy' | 'rollback' | 'check';

/**
 * What an ending asks of people. `old-serves`: it failed, and what served before serves, so nobody has to get up.
 * `needs-a-person`: something serves that should not, nothing does, or nobody knows.
 */
export const outcomeGroups = ['fine', 'old-serves', 'needs-a-person'] as const;
export type OutcomeGroup = (typeof outcomeGroups)[number];

/** How a step ended, as its outputs tell it. */
export interface Ended {
  readonly outcome: Outcome | CheckOutcome | 'ready';
  readonly reason: string;
  readonly serving: Serving;
  /** Whether a release is known to have served before this step. */
  readonly hadServed: boolean;
  /** It ended before it had so much as looked at the target, and changed nothing. */
  readonly untouched?: boolean;
  /** What was brought back is what served before, and its checks had failed then too, or were never passed. */
  readonly isUnjudged?: boolean;
}

/** The group of an ending. What was seen serving has the last word: no name of an outcome makes a mix fine. */
export function outcomeGroup(kind: ActionKind, ended: Ended): OutcomeGroup {
  if (isFine(kind, ended)) return 'fine';
  return kind === 'deploy' && isAsBefore(ended) ? 'old-serves' : 'needs-a-person';
}

function isFine(kind: ActionKind, { outcome, reason, serving }: Ended): boolean {
  switch (outcome) {
    case 'live':
      return serving === 'new';
    case 'unchanged':
      // What is wanted and what served before are one: it may go by either name.
      return serving === 'new' || serving === 'old';
    case 'restored':
      return kind === 'rollback' && serving === 'old' && isWholeReturn(reason);
    case 'staged':
    case 'rehearsed':
    case 'done':
    case 'pass':
    case 'ready':
      return true;
    default:
      return false;
  }
}

/**
 * Of a deploy that failed: what served before serves. Never of a rollback: whoever asks for one wants what serves gone,
 * and it was not brought about. Never of a check: it found the system wanting, or could not tell.
 */
function isAsBefore(ended: Ended): boolean {
  const { outcome, reason, serving, hadServed, untouched = false, isUnjudged = false } = ended;
  const servesOld = serving === 'old';
  // A first deploy that came to nothing took nothing away.
  const isStillNothing = serving === 'nothing' && !hadServed;
  switch (outcome) {
    case 'blocked':
      // Nothing was asked for but a look: whatever serves, this run has no part in it.
      return true;
    case 'rejected':
      return servesOld || isStillNothing;
    case 'restored':
      return servesOld && isWholeReturn(reason) && !isUnjudged;
    case 'error':
      // It ends so before anything was changed; unknown is what nobody looked at, or a release of somebody else's.
      return reason !== 'bug' && (servesOld || isStillNothing || serving === 'unknown');
    case 'cancelled':
      return servesOld || isStillNothing || untouched;
    default:
      return false;
  }
}

/** An old image on secrets and data that were changed meanwhile is not what served before. */
function isWholeReturn(reason: string): boolean {
  return reason !== 'restored-image-only';
}
