import type { ReasonCode } from '../../outcome/reasons.ts';
import type { Attempt, CheckResult, ChecksReport } from '../check-result.ts';
import { isLoopback } from '../exchange/loopback.ts';
import type { Finding } from '../types/check-type.ts';
import { mayBeShared } from './shared-cause.ts';

/** What became of one check. */
export interface Decision {
  readonly outcome: CheckResult['outcome'];
  readonly reason: ReasonCode;
  /** Why it was skipped, in words. */
  readonly cause?: string;
}

/** Everything the verdict on one check depends on. */
export interface CheckEvidence {
  /** The newest attempt that says something; undefined when none could be made. */
  readonly last: Attempt | undefined;
  /** What a failure says of the release. */
  readonly endsAs: Finding['endsAs'];
  /** Why it failed, or cannot work, where more is known than that. */
  readonly errorReason?: ReasonCode | undefined;
  /** Why the last attempt cannot be judged, though it did not pass. */
  readonly undecided?: ReasonCode | undefined;
  readonly streak: number;
  readonly wanted: number;
  /** The host that was probed; undefined when there was none. */
  readonly host: string | undefined;
  /** The same check in the preflight. */
  readonly before: CheckResult | undefined;
}

/** One for thousands of checks. */
const verified: Decision = { outcome: 'pass', reason: 'verified' };
const outOfTime: Decision = { outcome: 'inconclusive', reason: 'out-of-time' };

/** The decision table at the end of a run, as far as nobody need be asked; undefined where somebody must. */
export function decidedAlone(evidence: CheckEvidence): Decision | undefined {
  const { last, streak, wanted } = evidence;
  if (last === undefined) return outOfTime;
  if (last.outcome === 'pass')
    return streak >= wanted ? verified : { outcome: 'inconclusive', reason: 'not-stable' };
  if (evidence.endsAs === 'error')
    return { outcome: 'error', reason: evidence.errorReason ?? 'checks-error' };
  if (evidence.endsAs === 'unknown')
    return { outcome: 'inconclusive', reason: evidence.errorReason ?? 'platform-unreachable' };
  if (evidence.undecided !== undefined) return { outcome: 'inconclusive', reason: evidence.undecided };
  return undefined;
}

/** The whole of it. `controlReachable` and `previousDown` are only asked for when they decide something. */
export async function decideCheck(
  evidence: CheckEvidence,
  controlReachable: () => Promise<boolean>,
  previousDown: () => Promise<boolean>,
): Promise<Decision> {
  const alone = decidedAlone(evidence);
  if (alone !== undefined) return alone;
  const { last } = evidence;
  if (last === undefined) return outOfTime;
  if (isUnreachable(last)) {
    if (failedTheSameWay(last, evidence.before))
      return { outcome: 'inconclusive', reason: 'unreachable-before' };
    if (!isLocal(evidence.host) && !(await controlReachable()))
      return { outcome: 'inconclusive', reason: 'runner-network' };
  }
  if (mayBeShared(last) && (await previousDown())) return { outcome: 'inconclusive', reason: 'both-down' };
  return { outcome: 'fail', reason: evidence.errorReason ?? 'checks-failed' };
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
export function decideRun(
  results: readonly Pick<CheckResult, 'severity' | 'outcome' | 'reason'>[],
): Pick<ChecksReport, 'outcome' | 'reason'> {
  const gates = results.filter((result) => result.severity === 'gate' && result.outcome !== 'skipped');
  for (const outcome of rank) {
    const found = gates.find((result) => result.outcome === outcome);
    if (found !== undefined) return { outcome, reason: outcome === 'fail' ? 'checks-failed' : found.reason };
  }
  // Conditions on what was captured may leave no gate at all: that is no proof either.
  const isLeftOut = results.some(
    ({ severity, reason }) => severity === 'gate' && reason === 'condition-false',
  );
  if (gates.length === 0 && isLeftOut) return { outcome: 'inconclusive', reason: 'condition-false' };
  return { outcome: 'pass', reason: 'verified' };
}
