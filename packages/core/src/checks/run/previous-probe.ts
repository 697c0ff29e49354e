import type { Attempt } from '../verdict.ts';
import type { RunContext } from './attempt.ts';
import { tryOnce } from './attempt.ts';
import type { BoundCheck } from './bind.ts';

/** Failures that a shared cause may have: nothing answered, or something in front answered in the service's place. */
export function mayBeShared({ failureClass }: Attempt): boolean {
  return failureClass !== undefined && shared.includes(failureClass);
}

const shared: readonly string[] = ['resolve', 'connect', 'timeout', 'tls-transient', 'gateway'];

/**
 * Whether the previous release is down as well: asked once, when it decides something, within
 * `timeoutMs`. One that answers the check
 * wrongly, as with another build's number, is up. False without an address of its own.
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
