import type { ReasonCode } from '../../reasons.ts';
import { isLoopback } from '../types/http-bind.ts';
import type { Attempt, CheckResult, ChecksReport } from '../verdict.ts';

/** What became of one check. */
export interface Decision {
  readonly outcome: CheckResult['outcome'];
  readonly reason: ReasonCode;
  /** Why it was skipped, in words. */
  readonly cause?: string;
}

/** Everything the verdict on one check depends on. */
export interface Evidence {
  /** The newest attempt that says something; undefined when none could be made. */
  readonly last: Attempt | undefined;
  readonly isError: boolean;
  readonly streak: number;
  readonly wanted: number;
  /** The host that was probed; undefined when there was none. */
  readonly host: string | undefined;
  /** The same check in the preflight. */
  readonly before: CheckResult | undefined;
}

/** The decision table at the end of a run. `controlReachable` is only asked for when it decides something. */
export async function decideCheck(
  evidence: Evidence,
  controlReachable: () => Promise<boolean>,
): Promise<Decision> {
  const { last, streak, wanted } = evidence;
  if (last === undefined) return { outcome: 'inconclusive', reason: 'out-of-time' };
  if (last.outcome === 'pass') {
    return streak >= wanted
      ? { outcome: 'pass', reason: 'verified' }
      : { outcome: 'inconclusive', reason: 'not-stable' };
  }
  if (evidence.isError) return { outcome: 'error', reason: 'checks-error' };
  if (!isUnreachable(last)) return { outcome: 'fail', reason: 'checks-failed' };
  if (failedTheSameWay(last, evidence.before))
    return { outcome: 'inconclusive', reason: 'unreachable-before' };
  if (!isLocal(evidence.host) && !(await controlReachable()))
    return { outcome: 'inconclusive', reason: 'runner-network' };
  return { outcome: 'fail', reason: 'checks-failed' };
}

/** The failures that may be this runner's fault. A timeout after the connection stood is the target's. */
export function isUnreachable({ failureClass, phases }: Attempt): boolean {
  if (failureClass === 'resolve' || failureClass === 'connect') return true;
  return failureClass === 'timeout' && phases.connect === undefined;
}

function failedTheSameWay(now: Attempt, before: CheckResult | undefined): boolean {
  const earlier = before?.attempts.at(-1);
  return (
    earlier !== undefined &&
    earlier.outcome === 'fail' &&
    earlier.failureClass === now.failureClass &&
    isUnreachable(earlier)
  );
}

/** Loopback is this machine, and without a host there is no connection: no network can be at fault. */
function isLocal(host: string | undefined): boolean {
  return host === undefined || isLoopback(host);
}

const rank = ['fail', 'error', 'inconclusive', 'pass'] as const;

/** The worst of the gates: a confirmed failure is never hidden by a broken check beside it. */
export function decideRun(results: readonly CheckResult[]): Pick<ChecksReport, 'outcome' | 'reason'> {
  const gates = results.filter((result) => result.severity === 'gate' && result.outcome !== 'skipped');
  for (const outcome of rank) {
    const found = gates.find((result) => result.outcome === outcome);
    if (found !== undefined) return { outcome, reason: found.reason };
  }
  // Conditions on what was captured may leave no gate at all: that is no proof either.
  const isLeftOut = results.some(
    ({ severity, reason }) => severity === 'gate' && reason === 'condition-false',
  );
  if (gates.length === 0 && isLeftOut) return { outcome: 'inconclusive', reason: 'condition-false' };
  return { outcome: 'pass', reason: 'verified' };
}
