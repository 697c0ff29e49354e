import type { RunContext } from './attempt.ts';
import { tryOnce } from './attempt.ts';
import type { BoundCheck } from './bind.ts';
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
  const { attempt, cutShort } = await tryOnce({ bound: previous, number: 1, timeoutMs }, run);
  if (attempt.outcome === 'pass' || cutShort) return false;
  return mayBeShared(attempt) || (attempt.status ?? 0) >= 500;
}
