import { type ActionResult, runUrl, type TimeBudget } from '#core';
import type { FlyDeployInputs } from '../inputs.ts';
import { commentMarker, deployedComment } from './comment.ts';
import type { ReviewSubject, ReviewWanted } from './decide.ts';
import { keepMaking } from './finish-making.ts';
import { type OpenReview, openReview, sinceOf } from './open.ts';
import { cancelledResult, endedResult, foreignResult, outdatedResult, rehearsedResult } from './result.ts';

type Wanted = Extract<ReviewWanted, { kind: 'review' | 'close-review' }>;

/** Deploys to an app that is there. */
export type DeployReview = (open: OpenReview) => Promise<ActionResult>;

/** After the deploy: the pull request's page, and an app that nobody wants any more. Milliseconds. */
const pageMs = 30_000;

/** Makes, updates or destroys the app of the pull request this run is about. */
export async function runReviewApp(
  budget: TimeBudget,
  inputs: FlyDeployInputs,
  { kind, access, subject }: Wanted,
  deploy: DeployReview,
): Promise<ActionResult> {
  const { ports } = budget;
  const open = await openReview(ports, inputs, access);
  if (kind === 'close-review') return close(open, inputs, subject);
  const refused = await refusal(open, inputs, subject);
  if (refused !== undefined) return refused;
  if (inputs.dryRun) return rehearse(open, subject, deploy);
  const there = await open.apps.prepare(subject, open.organization, (is) => keepMaking(ports.runner, is));
  if (there === 'foreign') return foreignResult(subject);
  if (there === 'created') ports.runner.info(`Made the app ${subject.name} in ${open.organization}.`);
  // Before its first deploy an app serves nothing.
  if (there === 'created' && ports.signal.aborted) return cancelledResult(subject);
  return deployed(budget, open, subject, deploy);
}

/** A run may begin long after its event: the pull request may be closed by then, or have moved on. */
async function refusal(
  open: OpenReview,
  inputs: FlyDeployInputs,
  subject: ReviewSubject,
): Promise<ActionResult | undefined> {
  const { pulls, apps } = open;
  const pull = await pulls.state(subject.number);
  if (pull.kind === 'closed') {
    const { kind } = await apps.standing(subject);
    // One that outlived its pull request would be said not to be there.
    return kind === 'absent' ? endedResult('pull-request-closed', subject) : close(open, inputs, subject);
  }
  if (pull.kind === 'unknown' || subject.head === undefined) return undefined;
  const isOutdated = await pulls.isOutdated(subject.head, pull.head);
  return isOutdated ? outdatedResult(subject, pull.head) : undefined;
}

async function deployed(
  { ports, end }: TimeBudget,
  open: OpenReview,
  subject: ReviewSubject,
  deploy: DeployReview,
): Promise<ActionResult> {
  const attempt = await deploy(open).then(
    (result) => ({ result }),
    (error: unknown) => ({ error }),
  );
  // What the deploy has to say of what serves counts; there is no time for more.
  if (ports.signal.aborted && 'result' in attempt) return attempt.result;
  ports.signal.throwIfAborted();
  end(pageMs);
  // Closed in the middle: the run that was to destroy the app may have come before it was made, or taken it from us.
  if ((await open.pulls.state(subject.number)).kind === 'closed') return destroy(open, subject);
  if ('error' in attempt) throw attempt.error;
  const body = deployedComment(attempt.result, subject, runUrl(ports.runner.context));
  await open.pulls.comment({ number: subject.number, marker: commentMarker(subject), body, create: true });
  return attempt.result;
}

async function close(
  open: OpenReview,
  { dryRun }: FlyDeployInputs,
  subject: ReviewSubject,
): Promise<ActionResult> {
  if (!dryRun) return destroy(open, subject);
  const { kind } = await open.apps.standing(subject);
  if (kind === 'foreign') return foreignResult(subject);
  const line = kind === 'ours' ? 'It would be destroyed.' : 'There is nothing to destroy.';
  return rehearsedResult([`Pull request ${subject.number} is closed: ${line}`], subject.name);
}

async function destroy(open: OpenReview, subject: ReviewSubject): Promise<ActionResult> {
  const came = await open.apps.destroy(subject);
  if (came.kind === 'foreign') return foreignResult(subject);
  await open.farewell(subject, {
    because: 'the pull request is closed',
    again: 'It is made anew when the pull request is opened again.',
    ...sinceOf(came),
  });
  return endedResult(came.kind === 'destroyed' ? 'review-app-destroyed' : 'review-app-absent', subject);
}

async function rehearse(
  open: OpenReview,
  subject: ReviewSubject,
  deploy: DeployReview,
): Promise<ActionResult> {
  const { kind } = await open.apps.standing(subject);
  if (kind === 'foreign') return foreignResult(subject);
  if (kind === 'ours') return deploy(open);
  const line = `It would make the app ${subject.name} in ${open.organization}, deploy to it and comment its address.`;
  return rehearsedResult([line], subject.name);
}
