import { isCommit } from '../text/commit.ts';
import { code, link } from '../text/markdown.ts';

/** Where a step ran and who asked for it, as far as anybody knows. */
export interface RunFacts {
  readonly environment?: string;
  /** `deploy · run 101`, and its page. */
  readonly run?: { readonly label: string; readonly url: string };
  /** What runs the job again, and none that has ended well. */
  readonly rerun?: string;
  /** `ada, by push`. */
  readonly startedBy?: string;
  /** `https://github.com/acme/shop`. */
  readonly repositoryUrl?: string;
}

/** A commit by its first seven digits, linked where the repository is known. Markdown. */
export function commitLink({ repositoryUrl }: RunFacts, commit: string): string {
  const short = code(commit.slice(0, 7));
  if (repositoryUrl === undefined || !isCommit(commit)) return short;
  return `[${short}](<${repositoryUrl}/commit/${commit}>)`;
}

/** The page of the run. Markdown. */
export function runLink({ run }: RunFacts): string | undefined {
  return run === undefined ? undefined : link(run.label, run.url);
}
