import { originOf } from '../ledger/origin.ts';
import type { LedgerRecord, ReleaseVerdict } from '../ledger/record.ts';
import { releasesOf, verdictOf } from '../ledger/verdict.ts';
import type { Live, Release } from '../platforms/platform.ts';
import { rebuiltWords } from '../platforms/rebuild.ts';
import type { WantedTarget } from '../platforms/wanted-target.ts';
import { defined } from '../text/defined.ts';
import { mayHaveBroughtBack } from './brought-back.ts';
import {
  behindBarrier,
  type Candidate,
  type Demands,
  hasBarrier,
  isSameArtifact,
  unavailable,
  walk,
} from './candidates.ts';
import { isSame, servingReleases, soleRelease } from './live-relation.ts';
import { platformStops, recordedStops, type Way } from './stops.ts';
import { hasEnded } from './whole.ts';

export interface TargetQuestion {
  readonly wanted: WantedTarget;
  readonly live: Live;
  /** The ledger's records of this environment and service, newest first. */
  readonly records: readonly LedgerRecord[];
  /** Whether they could be read: without them only the platform's traces tell what was brought back. */
  readonly recordsRead: boolean;
  /** The platform's releases, newest first, as far back as may be needed. */
  readonly releases: readonly Release[];
  /** `last-verified` also takes what was never verified; never what failed or could not be judged. */
  readonly allowUnverified: boolean;
  readonly maxSteps: number;
  readonly maxAgeMs: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export type ChosenTarget =
  | {
      readonly kind: 'target';
      readonly release: Release;
      /** What it is to take the place of; absent when nothing serves. */
      readonly replaces?: Release;
      readonly why: string;
      readonly warnings: readonly string[];
      readonly candidates: readonly Candidate[];
    }
  | { readonly kind: 'already-live'; readonly release: Release; readonly why: string }
  | {
      readonly kind: 'no-target';
      readonly why: string;
      readonly candidates: readonly Candidate[];
      /** What `previous` would take when `last-verified` finds nothing, and the other way round. */
      readonly otherCandidate?: Release;
      /** What `previous` would take, were it known that what serves was not brought back. */
      readonly doubtful?: Release;
    };

/** Picks the release to go back to, or says why there is none. Neither walk falls back to the other. */
export function chooseTarget(question: TargetQuestion): ChosenTarget {
  const { wanted } = question;
  if (wanted.kind === 'last-verified' || wanted.kind === 'previous') return walkBack(question, wanted.kind);
  return named(question, wanted);
}

type Walk = 'last-verified' | 'previous';

function target(
  release: Release,
  { question, ...told }: { question: TargetQuestion; why: string; candidates: readonly Candidate[] },
): ChosenTarget {
  const bad = badOne(question);
  const warnings = warningsOn(release, question);
  return { kind: 'target', release, ...defined({ replaces: bad }), ...told, warnings };
}

function walkBack(question: TargetQuestion, kind: Walk): ChosenTarget {
  const done = alreadyTakenBack(question);
  if (done !== undefined) return done;
  const candidates = walks[kind](question);
  const taken = takenFrom(candidates);
  const doubt = taken === undefined || kind !== 'previous' ? undefined : caveatOn(question);
  if (doubt !== undefined && taken !== undefined)
    return { kind: 'no-target', why: doubt, candidates: [], doubtful: taken };
  if (taken !== undefined) {
    const why =
      kind === 'previous' ? 'the release before the one that serves' : 'the newest verified release';
    return target(taken, { question, why, candidates });
  }
  const isOtherSure = kind === 'previous' || caveatOn(question) === undefined;
  const other = isOtherSure
    ? takenFrom(walks[kind === 'previous' ? 'last-verified' : 'previous'](question))
    : undefined;
  const why = candidates.length === 0 ? 'There is no older release.' : 'No older release can be taken.';
  return { kind: 'no-target', why, candidates, ...defined({ otherCandidate: other }) };
}

/** Why the release before the one that serves may be the very one that was taken back for it. */
function caveatOn(question: TargetQuestion): string | undefined {
  const { recordsRead, releases } = question;
  const bad = badOne(question);
  const older = recordsRead || bad === undefined ? undefined : mayHaveBroughtBack(bad, releases);
  if (bad === undefined || older === undefined) return undefined;
  const how =
    older.artifact === undefined
      ? `it was made of an image, and nothing tells which one ${older.label} has`
      : 'both have the same image';
  return (
    `What serves, ${bad.label}, may be ${older.label} brought back: ${how}, and the deployment records, ` +
    'which would tell, cannot be read. What served before it may be what was taken back.'
  );
}

/** Asked twice, a rollback goes back once: what a rollback brought back, and nobody has judged since, stays. */
function alreadyTakenBack({ live, records }: TargetQuestion): ChosenTarget | undefined {
  const release = soleRelease(live);
  if (release === undefined) return undefined;
  const newest = recordOfRestore(release, records);
  if (newest === undefined) return undefined;
  const why = hasEnded(live)
    ? `${release.label}, which a rollback brought back at ${newest.created}, is down in part: it is started again.`
    : `${release.label} was brought back at ${newest.created}; name an older release to go further.`;
  return { kind: 'already-live', release, why };
}

/** The rollback that brought a release back, when that is the last that is known of it, and it is good. */
function recordOfRestore({ id }: Release, records: readonly LedgerRecord[]): LedgerRecord | undefined {
  const newest = records.find((record) => releasesOf(record).has(id));
  const own = verdictOf(records, id);
  // A copy that nobody judged is as good as what it is a copy of.
  const verdict = own === 'none' ? verdictOf(records, originOf(records, id)) : own;
  return newest?.kind === 'rollback' && (verdict === 'pass' || verdict === 'settled') ? newest : undefined;
}

const walks: Readonly<Record<Walk, (question: TargetQuestion) => readonly Candidate[]>> = {
  'last-verified': (question) => {
    const orSettled = question.wanted.kind === 'last-verified' && question.wanted.orSettled === true;
    const more: readonly ReleaseVerdict[] = question.allowUnverified
      ? ['settled', 'none']
      : orSettled
        ? ['settled']
        : [];
    return walk(recordedStops(way(question)), demands(question, ['pass', ...more]));
  },
  previous: (question) => walk(platformStops(way(question)), demands(question, ['pass', 'settled', 'none'])),
};

function way(question: TargetQuestion): Way {
  const { records, releases } = question;
  return { records, releases, bad: badOne(question) };
}

function demands(question: TargetQuestion, verdicts: readonly ReleaseVerdict[]): Demands {
  const { records, maxSteps, maxAgeMs, now } = question;
  return { records, bad: badOne(question), verdicts, maxSteps, maxAgeMs, now };
}

function named(question: TargetQuestion, wanted: Exclude<WantedTarget, { kind: Walk }>): ChosenTarget {
  const { releases } = question;
  const matches = releases.filter((release) => isWanted(release, wanted, question.records));
  // A share of the traffic is not enough: what is asked for has to have all of it.
  const serving = soleRelease(question.live);
  const isThere = (release: Release, now: Release) =>
    wanted.kind === 'image' ? isSameArtifact(release, now) : isProvenSame(release, now);
  const live = serving && matches.find((release) => isThere(release, serving));
  if (live !== undefined && serving !== undefined)
    return { kind: 'already-live', release: serving, why: `${live.label} already serves.` };
  const candidates = matches.map((release): Candidate => {
    const { id, label, created } = release;
    const why = unavailable(release) ?? barrierBefore(release, question);
    const verdict = verdictOf(question.records, id);
    return { id, label, created, verdict, release, ...defined({ passedOver: why }) };
  });
  const taken = candidates.find(({ passedOver }) => passedOver === undefined)?.release;
  if (taken !== undefined) {
    return target(taken, { question, why: 'the release that was asked for', candidates });
  }
  const why =
    candidates.length === 0
      ? `No release matches ${words(wanted)}.`
      : `${wanted.kind === 'version' ? 'the release ' : ''}${words(wanted)} cannot be taken: ${candidates[0]?.passedOver}.`;
  return { kind: 'no-target', why, candidates };
}

/** A copy of a release whose build nobody knows was made by a tag, which may have been moved before: it proves nothing. */
function isProvenSame(release: Release, now: Release): boolean {
  const isKnown = release.artifact !== undefined || release.restorable === 'yes';
  return release.id === now.id || (isKnown && isSame(release, now));
}

function isWanted(
  release: Release,
  wanted: Exclude<WantedTarget, { kind: Walk }>,
  records: readonly LedgerRecord[],
): boolean {
  if (wanted.kind === 'version') return release.label === wanted.label;
  if (wanted.kind === 'image') {
    return release.artifact !== undefined && `@${wanted.image}`.endsWith(`@${release.artifact}`);
  }
  const commits = records
    .filter((record) => record.kind === 'deploy' && releasesOf(record).has(release.id))
    .map((record) => record.intent.commit);
  return [release.commit, ...commits].some((commit) => commit?.startsWith(wanted.commit) === true);
}

function barrierBefore(release: Release, question: TargetQuestion): string | undefined {
  const { releases, records } = question;
  const bad = badOne(question);
  const from = releases.findIndex(({ id }) => id === bad?.id);
  const between = releases.slice(Math.max(from, 0), Math.max(releases.indexOf(release), 0));
  return between.some(({ id }) => hasBarrier(records, id)) ? behindBarrier : undefined;
}

function warningsOn(release: Release, { records }: TargetQuestion): readonly string[] {
  const verdict = verdictOf(records, release.id);
  const warnings: string[] = release.rebuild === 'allowed' ? [rebuiltWords(release)] : [];
  if (verdict === 'fail') warnings.push(`${release.label} failed or was taken back before.`);
  else if (verdict !== 'pass') warnings.push(`${release.label} was never verified.`);
  if (release.state === 'failed') warnings.push(`${release.label} never finished deploying.`);
  if (release.restorable === 'unknown') {
    warnings.push(
      `Whether ${release.label} can be brought back is not known: ${release.restorableWhy ?? 'no word of it'}.`,
    );
  }
  return warnings;
}

function takenFrom(candidates: readonly Candidate[]): Release | undefined {
  const last = candidates.at(-1);
  return last?.passedOver === undefined ? last?.release : undefined;
}

/**
 * What is to be taken back: of several that serve, the newest that no rollback brought back, since it came to those
 * that served. Nothing where one of them is no release of the platform's: it was made by hand, and any may be better.
 */
function badOne({ live, releases, records }: TargetQuestion): Release | undefined {
  const serving = servingReleases(live);
  if (serving.length < 2) return serving[0];
  const position = ({ id }: Release) => releases.findIndex((release) => release.id === id);
  if (serving.some((release) => position(release) < 0)) return undefined;
  return serving
    .filter((release) => recordOfRestore(release, records) === undefined)
    .toSorted((a, b) => position(a) - position(b))[0];
}

function words(wanted: Exclude<WantedTarget, { kind: Walk }>): string {
  if (wanted.kind === 'version') return wanted.label;
  return wanted.kind === 'image' ? `the image ${wanted.image}` : `the commit ${wanted.commit}`;
}
