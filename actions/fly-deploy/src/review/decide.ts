import { ActionFailure, type UntrustedRun } from '#core';
import type { PullRequestEvent, PullRequestState } from '#core/deployment';
import {
  absentFlyToken,
  type ReviewApp,
  type ReviewAppOwnership,
  reviewAppName,
  secondReviewAppName,
} from '#core/fly';

/** A pull request's app, as the ledger and its page know it. */
export interface ReviewSubject extends ReviewApp {
  readonly environment: string;
  readonly service: string;
  /** What it is on the pull request's page, whatever name it has. */
  readonly part: string;
  /** The newest commit of the pull request when this run was started. */
  readonly head: string | undefined;
}

/** The review apps this run is about, and what to reach them with. */
export interface ReviewAccess {
  readonly token: string;
  readonly organization: string;
  readonly repository: { readonly owner: string; readonly name: string; readonly id: string };
  readonly service: string | undefined;
}

/** What `review-app` asks for. */
export type ReviewWanted =
  /** Strangers’ code. */
  | { readonly kind: 'skip-review'; readonly mode: ReviewFacts['mode']; readonly untrusted: UntrustedRun }
  /** Code of which nobody can say whose it is. */
  | { readonly kind: 'refuse-review'; readonly untrusted: UntrustedRun }
  | {
      readonly kind: 'review' | 'close-review';
      readonly access: ReviewAccess;
      readonly subject: ReviewSubject;
    }
  | { readonly kind: 'sweep'; readonly access: ReviewAccess };

/** What is known when `review-app` is decided about. */
export interface ReviewFacts {
  readonly mode: 'true' | 'sweep';
  readonly token: string | undefined;
  readonly organization: string | undefined;
  readonly service: string | undefined;
  readonly repository: { readonly owner: string; readonly name: string } | undefined;
  readonly repositoryId: string | undefined;
  readonly event: PullRequestEvent | undefined;
  readonly eventName: string | undefined;
  readonly untrusted: UntrustedRun | undefined;
}

/** A run of strangers' code is told apart first: it has no secrets, and a missing token is not its fault. */
export function decideReview(facts: ReviewFacts): ReviewWanted {
  const { mode, untrusted, event } = facts;
  if (untrusted?.kind === 'unknown') return { kind: 'refuse-review', untrusted };
  if (untrusted !== undefined) return { kind: 'skip-review', mode, untrusted };
  const access = accessOf(facts);
  if (mode === 'sweep') return { kind: 'sweep', access };
  if (event === undefined) throw noPullRequest(facts.eventName);
  const subject = subjectOf(access, event.number, event.head);
  return { kind: event.closed ? 'close-review' : 'review', access, subject };
}

export function subjectOf(
  access: ReviewAccess,
  number: number,
  head: string | undefined,
  name?: string,
): ReviewSubject {
  const { service } = access;
  const first = reviewAppName({ ...access, number });
  const own = name ?? first;
  return {
    name: own,
    number,
    environment: `pr-${number}`,
    head,
    service: service ?? own,
    part: service ?? first,
  };
}

/** Under which names the app of a pull request may be: the second is for where somebody else holds the first. */
export type Names = readonly [first: ReviewSubject, second: ReviewSubject];

export function namesOf(access: ReviewAccess, { number, head }: ReviewSubject): Names {
  const second = secondReviewAppName({ ...access, number });
  return [subjectOf(access, number, head), subjectOf(access, number, head, second)];
}

function accessOf({ token, organization, repository, repositoryId, service }: ReviewFacts): ReviewAccess {
  if (token === undefined) {
    // A run of strangers' code was told apart before this.
    throw new ActionFailure({ code: 'input-invalid', ...absentFlyToken(undefined) });
  }
  if (repository === undefined || repositoryId === undefined || organization === undefined) {
    throw new ActionFailure({
      code: 'input-invalid',
      what: '`review-app` needs the repository’s id, and GITHUB_REPOSITORY_ID is not set.',
      next: 'Run it as a step of a workflow.',
    });
  }
  return { token, organization, service, repository: { ...repository, id: repositoryId } };
}

function noPullRequest(eventName = 'nothing known'): ActionFailure {
  return new ActionFailure({
    code: 'input-invalid',
    what: `\`review-app: true\` was started by ${eventName}, which is about no pull request.`,
    next: 'Start the workflow `on: pull_request` with the types opened, reopened, synchronize and closed.',
  });
}

/** One app as the sweep finds it. */
export interface SweptApp {
  readonly standing: ReviewAppOwnership;
  readonly pull: PullRequestState;
}

export type SweepVerdict =
  | { readonly kind: 'destroy'; readonly because: 'closed' | 'idle' }
  | { readonly kind: 'keep'; readonly because: 'absent' | 'foreign' | 'used' }
  | { readonly kind: 'keep'; readonly because: 'unknown'; readonly why: string };

/** An app is idle when nothing was deployed to it for longer than `maxIdleMs`. What is not known is kept. */
export function decideSweep(
  { standing, pull }: SweptApp,
  { nowMs, maxIdleMs }: { readonly nowMs: number; readonly maxIdleMs: number | undefined },
): SweepVerdict {
  if (standing.kind !== 'ours') return { kind: 'keep', because: standing.kind };
  if (pull.kind === 'closed') return { kind: 'destroy', because: 'closed' };
  const idleMs = nowMs - standing.changedMs;
  if (maxIdleMs !== undefined && idleMs > maxIdleMs) return { kind: 'destroy', because: 'idle' };
  if (pull.kind === 'unknown') return { kind: 'keep', because: 'unknown', why: pull.why };
  return { kind: 'keep', because: 'used' };
}
