import { originOf } from './origin.ts';
import type { Fact, Intent, LedgerRecord, ReleaseVerdict, TimedFact } from './record.ts';

/**
 * The newest verdict on a release or a copy of it, from whichever record it stands in: a soak may fail hours later, and
 * a rollback judges the release it brings back. A rollback that has replaced a release is a `fail` for it from its
 * first moment; one that never got so far says nothing of either.
 * Records newest first, as the ledger lists them.
 */
export function verdictOf(records: readonly LedgerRecord[], releaseId: string): ReleaseVerdict {
  const origin = originOf(records, releaseId);
  const origins = new Map<string, string>();
  const originOfOne = (id: string) => {
    const known = origins.get(id) ?? originOf(records, id);
    origins.set(id, known);
    return known;
  };
  const isIt = (id: string | null) => id !== null && originOfOne(id) === origin;
  // One copy put in the place of another is no word against either.
  const isTakenBack = ({ replaces, restores }: Intent) => isIt(replaces) && !isIt(restores);
  const judgements = records
    .toReversed()
    .flatMap((record) => [
      ...(record.kind === 'rollback' && isTakenBack(record.intent) && hasTakenOver(record)
        ? [{ verdict: 'fail' as const, at: record.created }]
        : []),
      ...([...releasesOf(record)].some(isIt) ? record.facts.flatMap(judgement) : []),
    ]);
  // Stable: judgements of the same second stay in the order of their records.
  const inTime = judgements.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return inTime.at(-1)?.verdict ?? 'none';
}

/** Whether a rollback came to make its release live. */
export function hasTakenOver({ facts }: LedgerRecord): boolean {
  return facts.some(({ fact }) => ['activated', 'restored', 'verdict'].includes(fact.kind));
}

/**
 * Every id under which a record's verdict counts. A rollback has two where activating an old release makes a new
 * one of the same image (Fly); what it has built again is another artifact, and says nothing of the one that was proved.
 */
export function releasesOf(record: LedgerRecord): ReadonlySet<string> {
  const named = record.facts.flatMap(({ fact }) =>
    fact.kind === 'shipped' || fact.kind === 'activated' || fact.kind === 'restored' ? [fact.release] : [],
  );
  const { restores, rebuild } = record.intent;
  const isCopy = record.kind === 'rollback' && rebuild !== true;
  return new Set(isCopy && restores !== null ? [restores, ...named] : named);
}

/** The release a record made live last, undefined where it made none; the ids of a restore's two releases share one artifact. */
export function releaseOf(record: LedgerRecord): string | undefined {
  const named = record.facts.flatMap(({ fact }) =>
    fact.kind === 'shipped' || fact.kind === 'activated' ? [fact.release] : [],
  );
  // An old release that came back as itself is named only by what was said of it then.
  return named.at(-1) ?? (hasTakenOver(record) ? (record.intent.restores ?? undefined) : undefined);
}

function judgement({ fact, at }: TimedFact) {
  if (fact.kind === 'verdict') return [{ verdict: fact.verdict, at }];
  // Nothing is taken back that had not failed, whether or not that could still be written.
  return fact.kind === 'restoring' ? [{ verdict: 'fail' as const, at }] : [];
}

/** The facts that end a record's run: it has judged, given up, or brought something else back. */
export const endings: readonly Fact['kind'][] = ['verdict', 'abandoned', 'restored'];

/** Whether a record's run has come to its end. */
export function hasEnded({ facts }: LedgerRecord): boolean {
  return facts.some(({ fact }) => endings.includes(fact.kind));
}

/** Whether it was called bad once, whatever was said of it afterwards. */
export function hasFailed({ facts }: LedgerRecord): boolean {
  return facts.some(({ fact }) => fact.kind === 'verdict' && fact.verdict === 'fail');
}
