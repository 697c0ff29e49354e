import type { Live } from '../platforms/platform.ts';

/** Whether something has ended by itself and was not started again: nothing may be called live, or unchanged, then. */
export function hasEnded({ parts = [] }: Live): boolean {
  return parts.some(({ ended }) => ended > 0);
}

/** How many instances there are at all. */
export function instancesOf({ parts }: Live): number | undefined {
  return parts?.reduce(
    (sum, { running, resting, ended, unknown }) => sum + running + resting + ended + unknown,
    0,
  );
}

/** A look that shows less than the one before it: a stale answer tells such things, so it is asked again. */
export function isSurprising(before: Live | undefined, now: Live): boolean {
  if (before === undefined) return false;
  if (now.kind === 'nothing') return before.kind !== 'nothing';
  const [had, has] = [instancesOf(before), instancesOf(now)];
  return had !== undefined && has !== undefined && has < had;
}
