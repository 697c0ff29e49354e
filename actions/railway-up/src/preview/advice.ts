import { reasons } from '#core';
import type { RolloutVerdict } from '#core/deployment';

/** A newer commit has a run of its own. */
export function outdatedText({
  number,
  head,
  newest,
}: {
  readonly number: number;
  readonly head: string;
  readonly newest: string;
}) {
  const what = `Pull request ${number} is at ${newest.slice(0, 7)}, and this run is about ${head.slice(0, 7)}`;
  return { what, next: reasons.outdated.advice };
}

/**
 * What to know of a preview that is a copy of this environment: by the name of the one that each of Railway's projects
 * begins with.
 */
export function secretsWarning(source: string): string | undefined {
  if (source.toLowerCase() !== 'production') return undefined;
  return (
    `This preview is a copy of ${source} with all its variables: whoever can push to the pull request has code run with ` +
    `the secrets of ${source}, and reaches its databases. Make an environment without them, and name it as \`railway-environment\`.`
  );
}

/** What a person does otherwise where the target is a preview: it is mended by the next push. */
const ofReason: Readonly<Record<string, string>> = {
  'no-target': 'Fix forward: push what mends it.',
  'on-failure-none': 'Fix forward: push what mends it.',
};

/** The same verdict with what a run about a preview is advised, before anything is rendered of it. */
export function verdictForPreview(verdict: RolloutVerdict): RolloutVerdict {
  const { cause, reason } = verdict;
  const next = ofReason[reason];
  if (next === undefined || cause?.reason === reason) return verdict;
  return { ...verdict, next };
}

/** Each pull request has an environment of its own, and no project token is made for it beforehand. */
export const widerThanACheckout =
  'This run has a token that may change every project of its workspace, and it is about a pull request: whoever may ' +
  'push a branch to this repository can have a job print it. Runs of forks and of Dependabot never get it.';
