/** Which wrongs may be none of the fault's doing: the machine was too busy for the limits of a story. */

import type { Report } from './observed.ts';
import { limits } from './story.ts';
import type { Judged } from './table.ts';

/** What a run whose time ran out may be wrong with, and honest. Everything else is wrong however late it was. */
const soft = ['took ', 'ended otherwise ', 'the fault never struck', 'says unknown serves'];

const timeIsUp = /within `(?:restore-|wait-)?timeout`/;

/** Everything it is wrong with may come from a machine that others kept busy: it is to be played again, alone. */
export function isLate({ wrongs, played }: Pick<Judged, 'wrongs'> & { played: { said: Report } }): boolean {
  if (wrongs.length === 0 || !wrongs.every((wrong) => soft.some((start) => wrong.startsWith(start)))) {
    return false;
  }
  return wrongs.every((wrong) => wrong.startsWith('took ')) || usedUpItsTime(played.said);
}

/** A way back hides what it came of, `restored-image-only`: its annotation still says which limit it was. */
function usedUpItsTime({ reason, durationMs, annotations }: Report): boolean {
  return (
    reason === 'deploy-timeout' ||
    reason === 'out-of-time' ||
    durationMs >= limits.timeoutMs ||
    annotations.some(({ level, message }) => level === 'error' && timeIsUp.test(message))
  );
}
