import type { Clock } from '../io/clock.ts';
import { settle } from '../io/settle.ts';
import type { Live } from '../platforms/platform.ts';
import { isAlike } from '../rollout/whole.ts';

/** Between two looks, and for all of them together, milliseconds. */
const [pauseMs, patienceMs] = [1_000, 15_000];

/**
 * What serves once two looks one after the other show the same: what a change that was cut had asked for may still be on
 * its way. What moves on and on is told as it was seen last. Failures: those of `look`.
 */
export async function stillServing(
  look: (remainingMs: number) => Promise<Live>,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<Live> {
  let last: Live | undefined;
  const settled = await settle({
    clock,
    signal,
    look,
    isFinal: (live) => {
      const isStill = last !== undefined && isAlike(last, live);
      last = live;
      return isStill;
    },
    policy: { firstMs: pauseMs, factor: 1, maxMs: pauseMs, deadlineMs: patienceMs, failuresInARow: 3 },
  });
  if (settled.kind === 'unreachable') throw settled.error;
  return settled.kind === 'final' ? settled.value : settled.last;
}
