import { type ActionResult, type Destroyed, errorMessage, runUrl, type TimeBudget } from '#core';
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
  const isClosed = (await open.pulls.state(subject.number)).kind === 'closed';
  if (isClosed) {
    const came = await destroyed(open, subject);
    if ('kind' in came) return ended(open, subject, came);
    ports.runner.warning(leftStanding(subject, came.why));
  }
  if ('error' in attempt) throw attempt.error;
  if (isClosed) return attempt.result;
  const body = deployedComment(attempt.result, subject, runUrl(ports.runner.context));
  await open.pulls.comment({ number: subject.number, marker: commentMarker(subject), body, create: true });
  return attempt.result;
}

/** What the deploy has come to is not lost where the app cannot be destroyed after it. */
async function destroyed(
  { apps }: OpenReview,
  subject: ReviewSubject,
): Promise<Destroyed | { readonly why: string }> {
  try {
    const came = await apps.destroy(subject);
    if (came.kind !== 'foreign') return came;
    return { why: `nothing proves that it is the review app of pull request ${subject.number}` };
  } catch (error) {
    return { why: errorMessage(error) };
  }
}

function leftStanding({ name }: ReviewSubject, why: string): string {
  return `The pull request was closed meanwhile, and its app ${name} could not be destroyed: ${why}. A sweep (\`review-app: sweep\`) destroys it, and so does \`fly apps destroy ${name}\`.`;
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
  return came.kind === 'foreign' ? foreignResult(subject) : ended(open, subject, came);
}

/** The app is gone: that is told on the pull request's page and in the ledger, and is no less so where it cannot be. */
async function ended(open: OpenReview, subject: ReviewSubject, came: Destroyed): Promise<ActionResult> {
  const result = endedResult(
    came.kind === 'destroyed' ? 'review-app-destroyed' : 'review-app-absent',
    subject,
  );
  try {
    await open.farewell(subject, {
      because: 'the pull request is closed',
      again: 'It is made anew when the pull request is opened again.',
      ...sinceOf(came),
    });
    return result;
  } catch (error) {
    const message = `The app’s records could not be set inactive: ${errorMessage(error)}.`;
    return { ...result, annotations: [{ level: 'warning', message }] };
  }
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
