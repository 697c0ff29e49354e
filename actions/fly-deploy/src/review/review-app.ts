import { type ActionResult, errorMessage, type Ports, runUrl, type TimeBudget } from '#core';
import type { Destroyed } from '#core/fly';
import type { FlyDeployInputs } from '../inputs.ts';
import { close, ended } from './close.ts';
import { commentMarker, deployedComment } from './comment.ts';
import { type Names, namesOf, type ReviewSubject, type ReviewWanted } from './decide.ts';
import { keepMaking, keepName } from './finish-making.ts';
import { describeHeld, foreignResult, type HeldName } from './foreign.ts';
import { type OpenReview, openReview } from './open.ts';
import { cancelledResult, dryRunResult, endedResult, outdatedResult } from './result.ts';

type Wanted = Extract<ReviewWanted, { kind: 'review' | 'close-review' }>;

/** Deploys to an app that is there. */
export type DeployReview = (open: OpenReview, subject: ReviewSubject) => Promise<ActionResult>;

/** After the deploy: the pull request's page, and an app that nobody wants any more. Milliseconds. */
const pageMs = 30_000;

/** Makes, updates or destroys the app of the pull request this run is about. */
export async function runReviewApp(
  budget: TimeBudget,
  inputs: FlyDeployInputs,
  { kind, access, subject: asked }: Wanted,
  deploy: DeployReview,
): Promise<ActionResult> {
  const { ports } = budget;
  const open = await openReview(ports, inputs, access);
  const names = namesOf(access, asked);
  if (kind === 'close-review') return close(open, inputs, names);
  const refused = await refusal(open, inputs, names);
  if (refused !== undefined) return refused;
  const known = await located(open, names);
  if (inputs.dryRun) return known === undefined ? reportDryRun(open, names) : deploy(open, known);
  const made = await make(ports, open, names, known);
  if ('outcome' in made) return made;
  // Before its first deploy an app serves nothing.
  if (made.isNew && ports.signal.aborted) return cancelledResult(made.subject);
  return deployed(budget, open, made.subject, deploy);
}

/** A run may begin long after its event: the pull request may be closed by then, or have moved on. */
async function refusal(
  open: OpenReview,
  inputs: FlyDeployInputs,
  names: Names,
): Promise<ActionResult | undefined> {
  const { pulls, apps } = open;
  const [subject] = names;
  const pull = await pulls.state(subject.number);
  if (pull.kind === 'closed') {
    const standings = await Promise.all(names.map((name) => apps.standing(name)));
    // One that outlived its pull request would be said not to be there.
    return standings.every(({ kind }) => kind === 'absent')
      ? endedResult('pull-request-closed', subject)
      : close(open, inputs, names);
  }
  if (pull.kind === 'unknown' || subject.head === undefined) return undefined;
  const isOutdated = await pulls.isOutdated(subject.head, pull.head);
  return isOutdated ? outdatedResult(subject, pull.head) : undefined;
}

/** The app of the pull request by the name it has; undefined where it has none yet. */
async function located({ apps }: OpenReview, names: Names): Promise<ReviewSubject | undefined> {
  const standings = await Promise.all(names.map((subject) => apps.standing(subject)));
  return names[standings.findIndex(({ kind }) => kind === 'ours')];
}

type Made = { readonly subject: ReviewSubject; readonly isNew: boolean };

/** Sees to it that the app is there: under the name it has, or the first of the two that nobody else holds. */
async function make(
  ports: Ports,
  open: OpenReview,
  [first, second]: Names,
  known: ReviewSubject | undefined,
): Promise<Made | ActionResult> {
  const one = await prepare(ports, open, known ?? first);
  if (!('by' in one)) return one;
  if (known !== undefined) return foreignResult([one]);
  const other = await prepare(ports, open, second);
  return 'by' in other ? foreignResult([one, other]) : other;
}

async function prepare(
  { runner }: Ports,
  { apps, organization }: OpenReview,
  subject: ReviewSubject,
): Promise<Made | HeldName> {
  keepName(runner, subject);
  const came = await apps.prepare(subject, organization, (isMaking) => keepMaking(runner, isMaking));
  if (came === 'created') runner.info(`Made the app ${subject.name} in ${organization}.`);
  if (came === 'created' || came === 'there') return { subject, isNew: came === 'created' };
  const held = { subject, by: came };
  runner.info(describeHeld(held));
  return held;
}

async function deployed(
  { ports, end }: TimeBudget,
  open: OpenReview,
  subject: ReviewSubject,
  deploy: DeployReview,
): Promise<ActionResult> {
  const attempt = await deploy(open, subject).then(
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
    if ('kind' in came) return ended(open, [subject], [{ subject, came }]);
    ports.runner.warning(`The pull request was closed meanwhile, and its app ${subject.name} ${came.left}`);
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
): Promise<Destroyed | { readonly left: string }> {
  const { name, number } = subject;
  try {
    const came = await apps.destroy(subject);
    if (came.kind !== 'foreign') return came;
    const why = `was left alone: nothing proves any more that it is the review app of pull request ${number}`;
    return { left: `${why}. Destroy it with \`fly apps destroy ${name}\` if it is.` };
  } catch (error) {
    const next = `A sweep (\`review-app: sweep\`) destroys it, and so does \`fly apps destroy ${name}\`.`;
    return { left: `could not be destroyed: ${errorMessage(error)}. ${next}` };
  }
}

async function reportDryRun(
  { apps, organization }: OpenReview,
  [first, second]: Names,
): Promise<ActionResult> {
  const wouldMake = ({ name }: ReviewSubject, ...before: readonly string[]) =>
    dryRunResult(
      [...before, `It would make the app ${name} in ${organization}, deploy to it and comment its address.`],
      name,
    );
  const by = await apps.holder(first);
  if (by === undefined) return wouldMake(first);
  const one = { subject: first, by };
  const bySecond = await apps.holder(second);
  if (bySecond === undefined) return wouldMake(second, describeHeld(one));
  return foreignResult([one, { subject: second, by: bySecond }]);
}
