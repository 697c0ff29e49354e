import { isCommit } from '../../../text/commit.ts';
import { startOf } from '../../../text/cut.ts';
import { defined } from '../../../text/defined.ts';

/** What a deployment's message says of where it comes from. */
export interface MessageMark {
  /** Whole, by our own mark. */
  readonly commit?: string;
  /** The first 7 to 40 hex digits it begins with: a hint, since they may stand there by chance. */
  readonly short?: string;
  /** Whose it is: what `deployMessage` was given as `mark`. */
  readonly mark?: string;
}

/**
 * A deployment's message, the only place where an upload can say its commit: `3f2a9c1 Fix the cart (belay 3f2a…41 7-1)`.
 * People read its beginning in the dashboard; `mark` is of letters, digits, `.`, `_` and `-`.
 */
export function deployMessage({
  commit,
  subject,
  mark,
}: {
  readonly commit: string | undefined;
  /** Of the commit. */
  readonly subject: string;
  readonly mark: string;
}): string {
  const title = startOf(subject.replace(/\s+/g, ' ').trim(), longestTitle);
  const parts = [...(commit === undefined ? [] : [commit.slice(0, 7)]), ...(title === '' ? [] : [title])];
  return [...parts, `(belay ${[...(commit === undefined ? [] : [commit]), mark].join(' ')})`].join(' ');
}

/** It is shown in lists. */
const longestTitle = 72;

const ownMark = /\(belay (?:([0-9a-f]{40}) )?([\w.-]{1,100})\)\s*$/;

/** What a message says, `{}` where nothing. */
export function messageMark(message: string | undefined): MessageMark {
  if (message === undefined) return {};
  const [, commit, mark] = ownMark.exec(message) ?? [];
  const short = /^([0-9a-f]{7,40})(?:\s|$)/.exec(message)?.[1];
  return defined({ commit: isCommit(commit) ? commit : undefined, short, mark });
}

/** Whether a deployment's message or metadata may be of a commit: `yes` by whole ids, `maybe` by the digits a message begins with. */
export function isOfCommit(
  {
    commitHash,
    commitMessage,
  }: { readonly commitHash: string | undefined; readonly commitMessage: string | undefined },
  commit: string,
): 'yes' | 'maybe' | 'no' {
  const said = messageMark(commitMessage);
  const whole = commitHash ?? said.commit;
  if (whole !== undefined) return whole === commit ? 'yes' : 'no';
  return said.short !== undefined && commit.startsWith(said.short) ? 'maybe' : 'no';
}
