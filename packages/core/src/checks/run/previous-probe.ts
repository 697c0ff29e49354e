import type { Attempt } from '../verdict.ts';
import type { RunContext } from './attempt.ts';
import { tryOnce } from './attempt.ts';
import type { Track } from './track.ts';

/** Failures that a shared cause may have: nothing answered, or something in front answered in the service's place. */
export function mayBeShared({ failureClass }: Attempt): boolean {
  return failureClass !== undefined && shared.includes(failureClass);
}

const shared: readonly string[] = ['resolve', 'connect', 'timeout', 'tls-transient', 'gateway'];

/**
 * Whether the previous release is down as well: asked once, when it decides something. One that answers the check
 * wrongly, as with another build's number, is up. False without an address of its own, or without time.
 */
export async function previousIsDown(
  { check, probe, previous: bind }: Pick<Track, 'check' | 'probe' | 'previous'>,
  run: RunContext,
  leftMs: number,
): Promise<boolean> {
  const previous = probe?.repeatable === true ? bind?.() : undefined;
  if (previous === undefined || leftMs <= 0) return false;
  const timeoutMs = Math.min(check.timeoutMs, leftMs);
  const { attempt, cutShort } = await tryOnce({ bound: previous, number: 1, timeoutMs }, run);
  if (attempt.outcome === 'pass' || cutShort) return false;
  return mayBeShared(attempt) || (attempt.status ?? 0) >= 500;
}
