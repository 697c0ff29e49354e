import { commitOf } from '../ledger/commit-of.ts';
import { differingParts } from '../ledger/fingerprint.ts';
import { shipmentOf } from '../ledger/origin.ts';
import type { LedgerRecord, ReleaseVerdict } from '../ledger/record.ts';
import { releasesOf, verdictOf } from '../ledger/verdict.ts';
import type { Release } from '../platforms/platform.ts';
import { defined } from '../text/defined.ts';
import { isSame } from './live-relation.ts';

/** A release a rollback came across, and why it was not taken. Without `passedOver` it is the one to take. */
export interface Candidate {
  readonly id: string;
  readonly label: string;
  readonly created: string;
  readonly verdict: ReleaseVerdict;
  /** Absent when the platform does not have it any more. */
  readonly release?: Release;
  readonly passedOver?: string;
  /** What its records say for it without proof: part of why it was passed over. */
  readonly claim?: string;
}

/** What a candidate has to be. */
export interface Demands {
  readonly records: readonly LedgerRecord[];
  /** What is to be taken back: of several that serve, the newest. */
  readonly bad: Release | undefined;
  readonly verdicts: readonly ReleaseVerdict[];
  readonly maxSteps: number;
  readonly maxAgeMs: number;
  readonly now: number;
}

export type Stop = Pick<Candidate, 'id' | 'created'> & {
  readonly release: Release | undefined;
  /** Nothing behind it may be gone back to. */
  readonly barrier: boolean;
};

/** Why nothing that came before an irreversible change is taken. */
export const behindBarrier = 'behind a rollback barrier';

/** Whether nothing speaks against a release but what a walk demands of it: whoever names it may have it. */
export function isNameable({ release, verdict, passedOver }: Candidate): boolean {
  if (release === undefined || verdict === 'fail' || passedOver === undefined) return false;
  return (passedOver === verdictWords[verdict] || isTooFar(passedOver)) && unavailable(release) === undefined;
}

/** Goes back from `bad` until a stop meets every demand. Answers all it came across, the one to take last. */
export function walk(stops: readonly Stop[], demands: Demands): readonly Candidate[] {
  const seen = new Set<string>();
  const passed: Candidate[] = [];
  let isBehindBarrier = demands.bad !== undefined && hasBarrier(demands.records, demands.bad.id);
  for (const stop of stops) {
    if (seen.has(stop.id)) continue;
    seen.add(stop.id);
    const verdict = verdictOf(demands.records, stop.id);
    const why = isBehindBarrier ? behindBarrier : fault(stop, verdict, demands, seen.size);
    const { id, created, release } = stop;
    passed.push({
      id,
      created,
      verdict,
      label: release?.label ?? id,
      ...defined({ release, passedOver: why }),
    });
    if (why === undefined || isBehindBarrier) break;
    isBehindBarrier = stop.barrier;
  }
  return passed;
}

/** The first reason not to take a release; the order is that of the questions people ask. */
function fault(stop: Stop, verdict: ReleaseVerdict, demands: Demands, step: number): string | undefined {
  const { verdicts, maxSteps, maxAgeMs, now } = demands;
  const same = sameAsBad(stop, demands);
  if (same !== undefined) return same;
  if (!verdicts.includes(verdict)) return verdictWords[verdict];
  const missing = unavailable(stop.release);
  if (missing !== undefined) return missing;
  if (step > maxSteps) return `${tooFar[0]} ${maxSteps} ${maxSteps === 1 ? 'release' : 'releases'} back`;
  if (now - Date.parse(stop.created) > maxAgeMs)
    return `${tooFar[1]} ${Math.round(maxAgeMs / 86_400_000)} days`;
  return undefined;
}

const tooFar = ['more than', 'older than'] as const;

function isTooFar(passedOver: string): boolean {
  return tooFar.some((words) => passedOver.startsWith(`${words} `));
}

const verdictWords: Readonly<Record<ReleaseVerdict, string>> = {
  pass: 'verified',
  settled: 'never verified: it ran without checks',
  fail: 'it failed or was taken back',
  inconclusive: 'it could not be judged',
  none: 'never verified',
};

/** Why the platform cannot bring a release back, when it says so. */
export function unavailable(release: Release | undefined): string | undefined {
  if (release === undefined || release.state === 'removed') return 'the platform does not have it any more';
  if (release.restorable !== 'no') return undefined;
  return release.restorableWhy ?? 'the platform cannot bring it back';
}

/** Going back to what is bad already mends nothing, also when it was built anew. */
function sameAsBad({ release }: Stop, { bad, records }: Demands): string | undefined {
  if (release === undefined || bad === undefined) return undefined;
  if (isSame(release, bad)) return 'the same build as what serves';
  // One build with another configuration, or environment, is another thing to its users.
  if (isMadeOtherwise(release, bad, records)) return undefined;
  if (isSameArtifact(release, bad)) return 'the same build as what serves';
  const [commit, badCommit] = [release, bad].map((one) => one.commit ?? commitOf(records, one.id));
  return commit !== undefined && commit === badCommit ? 'the same commit as what serves' : undefined;
}

/** Whether the records say of both what they were made of, and more than the image is another. */
function isMadeOtherwise(one: Release, other: Release, records: readonly LedgerRecord[]): boolean {
  const [made, known] = [one, other].map(({ id }) => shipmentOf(records, id)?.intent.fingerprint);
  const differing = made && known && differingParts(made, known);
  return Array.isArray(differing) && differing.some((part) => part !== 'image');
}

export function isSameArtifact(one: Release, other: Release): boolean {
  return one.id === other.id || (one.artifact !== undefined && one.artifact === other.artifact);
}

export function hasBarrier(records: readonly LedgerRecord[], releaseId: string): boolean {
  return records.some((record) => record.intent.barrier && releasesOf(record).has(releaseId));
}
