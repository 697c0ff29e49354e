import type { RunContext } from './attempt.ts';
import { tryOnce } from './attempt.ts';
import type { BoundCheck } from './bound.ts';
import { mayBeShared } from './shared-cause.ts';

/**
 * Whether the previous release is down as well: asked once, when it decides something, within `timeoutMs`. One that
 * answers the check wrongly, as with another build's number, is up. False without an address of its own.
 */
export async function previousIsDown(
  { probe, previous: bind }: BoundCheck,
  run: RunContext,
  timeoutMs: number,
): Promise<boolean> {
  const previous = probe.repeatable ? bind?.() : undefined;
  if (previous === undefined) return false;
  const { attempt, cutShort, reason } = await tryOnce({ bound: previous, number: 1, timeoutMs }, run);
  // An edge that turned this runner away has not asked it.
  if (attempt.outcome === 'pass' || cutShort || reason === 'challenged') return false;
  return mayBeShared(attempt) || (attempt.status ?? 0) >= 500;
}
