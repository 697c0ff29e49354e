import type { MemoryLedger } from '../model-platforms/memory-ledger.ts';
import type { Made, NumberedWorld } from './numbered-world.ts';

export type Judgement = 'pass' | 'settled' | 'fail' | 'inconclusive' | 'none';

/** One release as everybody could know it at some moment. */
export interface Told {
  readonly version: number;
  readonly made: Made;
  /** What the platform said of it then. */
  readonly status: Made['status'];
  /** A record tells which run made it. */
  readonly isMadeByRecord: boolean;
  /** Its image is told by its digest, by the platform or by a record. */
  readonly isImageKnown: boolean;
  /** The newest word on it, whoever said it. */
  readonly judgement: Judgement;
  /** Another run has made it and not said what came of it. */
  readonly pendingOf: string | undefined;
  /** The last thing known of it is that it was brought back. */
  readonly isBroughtBack: boolean;
  /** The release it is a copy of, where a record tells. */
  readonly origin: number;
}

/** What had happened to each release by some moment, oldest first: the simple model that core is held against. */
export type Chronicle = readonly Told[];

type Kept = MemoryLedger['kept'][number]['record'];

export function chronicleOf(world: NumberedWorld, { kept }: MemoryLedger): Chronicle {
  const records = kept.map(({ record }) => record);
  return world.made.map((made): Told => {
    const { version } = made;
    const naming = records.filter((record) => names(record, version));
    const maker = records.find((record) => makes(record, version));
    const isEnded = maker?.facts.some(({ fact }) => ['verdict', 'abandoned', 'restored'].includes(fact.kind));
    return {
      ...{
        version,
        made,
        status: made.status,
        isMadeByRecord: maker !== undefined,
        isImageKnown: isImageKnown(made, records),
        judgement: judgementOn(records, copiesOf(world, records, version)),
      },
      pendingOf: maker !== undefined && isEnded === false ? maker.intent.run : undefined,
      isBroughtBack: naming.at(-1)?.kind === 'rollback',
      origin: originOf(made, records),
    };
  });
}

/** Every number under which one and the same release has served, as far as records tell. */
function copiesOf(world: NumberedWorld, records: readonly Kept[], version: number): readonly number[] {
  const origins = world.made.map((made) => originOf(made, records));
  return origins.flatMap((origin, at) => (origin === origins[version - 1] ? [at + 1] : []));
}

function originOf({ version, copyOf }: Made, records: readonly Kept[]): number {
  const isTold = records.some((record) => makes(record, version));
  return isTold && copyOf !== undefined ? copyOf : version;
}

/** What was said of it last: a verdict in a record that names it, or that a rollback put something else in its place. */
function judgementOn(records: readonly Kept[], copies: readonly number[]): Judgement {
  const words = records.flatMap((record) => {
    const own = copies.some((version) => names(record, version)) ? record.facts : [];
    // What is about to be taken back has failed.
    const judged = own.flatMap(({ fact, at }) => {
      if (fact.kind === 'restoring') return [{ at, word: 'fail' as const }];
      return fact.kind === 'verdict' ? [{ at, word: fact.verdict }] : [];
    });
    const isOne = (id: string | null) => copies.some((version) => id === `v${version}`);
    const isGone = isOne(record.intent.replaces) && !isOne(record.intent.restores) && hasTakenOver(record);
    return isGone ? [{ at: record.created, word: 'fail' as const }, ...judged] : judged;
  });
  return words.toSorted((a, b) => a.at.localeCompare(b.at)).at(-1)?.word ?? 'none';
}

function isImageKnown({ version, imageRef, copyOf }: Made, records: readonly Kept[]): boolean {
  const ids = [`v${version}`, `v${copyOf}`];
  const isTold = records.some(({ facts }) =>
    facts.some(({ fact }) => fact.kind === 'shipped' && ids.includes(fact.release) && fact.artifact !== null),
  );
  return imageRef.includes('@sha256:') || isTold;
}

function names({ kind, intent, facts }: Kept, version: number): boolean {
  const id = `v${version}`;
  if (kind === 'rollback' && intent.restores === id) return true;
  return facts.some(
    ({ fact }) =>
      (fact.kind === 'shipped' || fact.kind === 'activated' || fact.kind === 'restored') &&
      fact.release === id,
  );
}

function makes({ kind, intent, facts }: Kept, version: number): boolean {
  const id = `v${version}`;
  if (kind === 'rollback' && intent.restores === id) return false;
  const word = kind === 'deploy' ? 'shipped' : 'activated';
  return facts.some(({ fact }) => fact.kind === word && fact.release === id);
}

function hasTakenOver({ facts }: Kept): boolean {
  return facts.some(({ fact }) => ['activated', 'restored', 'verdict'].includes(fact.kind));
}
