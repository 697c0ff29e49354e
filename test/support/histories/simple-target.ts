import type { WantedTarget } from '../../../packages/core/src/platforms/wanted-target.ts';
import type { Chronicle, Told } from './chronicle.ts';

/** How far back a rollback goes by itself. */
const stepsAtMost = 5;

/** What a rollback of `serving` has to go back to, read off what happened: a version, or that it is done. */
export function simpleTarget(
  chronicle: Chronicle,
  serving: number,
  wanted: WantedTarget,
): number | 'already-live' | 'none' {
  const bad = told(chronicle, serving);
  if (wanted.kind === 'version') return named(chronicle, bad, wanted.label);
  if (bad.isBroughtBack && isGood(chronicle, bad)) return 'already-live';
  const older = chronicle.filter(({ version }) => version < serving).toReversed();
  const way =
    wanted.kind === 'previous'
      ? older.filter(hasServed)
      : older.filter(({ isMadeByRecord }) => isMadeByRecord);
  const isWanted = wanted.kind === 'previous' ? isNotBad : isVerified;
  const taken = way.slice(0, stepsAtMost).find((one) => isWanted(one) && !isSameBuild(one, bad));
  return taken?.version ?? 'none';
}

function named(chronicle: Chronicle, serving: Told, label: string): number | 'already-live' | 'none' {
  const one = chronicle.find(({ version }) => `v${version}` === label);
  if (one === undefined) return 'none';
  return one.origin === serving.origin ? 'already-live' : one.version;
}

/** A copy that nobody judged is as good as what it is a copy of. */
function isGood(chronicle: Chronicle, { judgement, origin }: Told): boolean {
  const word = judgement === 'none' ? told(chronicle, origin).judgement : judgement;
  return word === 'pass' || word === 'settled';
}

function isVerified({ judgement }: Told): boolean {
  return judgement === 'pass';
}

function isNotBad({ judgement }: Told): boolean {
  return judgement !== 'fail' && judgement !== 'inconclusive';
}

function hasServed({ status }: Told): boolean {
  return status === 'complete';
}

/** The same image mends nothing, and the same commit neither, where a record tells it. */
function isSameBuild(one: Told, bad: Told): boolean {
  if (one.isImageKnown && one.made.build.image === bad.made.build.image) return true;
  return one.isMadeByRecord && bad.isMadeByRecord && one.made.build.commit === bad.made.build.commit;
}

function told(chronicle: Chronicle, version: number): Told {
  const one = chronicle[version - 1];
  if (one === undefined) throw new Error(`Nothing is told of v${version}.`);
  return one;
}
