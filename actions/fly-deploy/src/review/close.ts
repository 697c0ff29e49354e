import { type ActionResult, errorMessage } from '#core';
import type { Destroyed } from '#core/fly';
import type { FlyDeployInputs } from '../inputs.ts';
import type { Names, ReviewSubject } from './decide.ts';
import { describeLeftAlone } from './foreign.ts';
import { type OpenReview, sinceOf } from './open.ts';
import { dryRunResult, endedResult } from './result.ts';

/** What became of one of the names an app may have. */
export interface NameOutcome {
  readonly subject: ReviewSubject;
  readonly came: Destroyed;
}

/** Destroys the app of a closed pull request, under whichever name it is. What nothing proves to be it stays. */
export async function close(
  open: OpenReview,
  { dryRun }: FlyDeployInputs,
  names: Names,
): Promise<ActionResult> {
  if (dryRun) return reportDryRun(open, names);
  const all: NameOutcome[] = [];
  for (const subject of names) all.push({ subject, came: await open.apps.destroy(subject) });
  return ended(open, names, all);
}

/** The app is gone: that is told on the pull request's page and in the ledger, and is no less so where it cannot be. */
export async function ended(
  open: OpenReview,
  [first]: readonly [ReviewSubject, ...ReviewSubject[]],
  all: readonly NameOutcome[],
): Promise<ActionResult> {
  const destroyed = all.filter(({ came }) => came.kind === 'destroyed');
  const foreign = all.filter(({ came }) => came.kind === 'foreign');
  const [one, ...others] = destroyed.map(({ subject }) => subject);
  const result =
    one === undefined
      ? endedResult('review-app-absent', first)
      : endedResult('review-app-destroyed', one, ...others);
  const annotations = foreign.map(({ subject }) => warning(describeLeftAlone(subject)));
  // What is gone already may have been destroyed by hand, under either name.
  const [gone, ...more] = (destroyed.length > 0 ? destroyed : all.filter((it) => !foreign.includes(it))).map(
    ({ subject, came }) => ({ subject, ...sinceOf(came) }),
  );
  try {
    if (gone !== undefined) {
      await open.announceRemoval([gone, ...more], {
        because: 'the pull request is closed',
        again: 'It is made anew when the pull request is opened again.',
      });
    }
  } catch (error) {
    annotations.push(warning(`The app’s records could not be set inactive: ${errorMessage(error)}.`));
  }
  return annotations.length === 0 ? result : { ...result, annotations };
}

function warning(message: string) {
  return { level: 'warning', message } as const;
}

async function reportDryRun({ apps }: OpenReview, names: Names): Promise<ActionResult> {
  const standings = await Promise.all(names.map((subject) => apps.standing(subject)));
  const ours = names.filter((_, index) => standings[index]?.kind === 'ours');
  const foreign = names.filter((_, index) => standings[index]?.kind === 'foreign');
  const { number, name } = ours[0] ?? names[0];
  const line = ours.length > 0 ? 'It would be destroyed.' : 'There is nothing to destroy.';
  return dryRunResult([`Pull request ${number} is closed: ${line}`, ...foreign.map(describeLeftAlone)], name);
}
