import { expect } from 'vitest';
import { RESUME_MS } from '../../../packages/core/src/rollout/resume.ts';
import { servingOf } from './numbered-world.ts';
import {
  deadGroups,
  directlyBefore,
  hasSeenAll,
  missing,
  originIn,
  originsOf,
  ownVersions,
  told,
  truths,
  versionOf,
} from './oracle.ts';
import type { Played } from './play-history.ts';
import type { Call } from './run-process.ts';
import { simpleTarget } from './simple-target.ts';

/** What holds of every rollout of a history, in words. */
export type Rule = (played: Played) => void;

const claimsWhole = ['live', 'unchanged', 'restored'];

export const rules: Readonly<Record<string, Rule>> = {
  'says live, unchanged or restored only of one release, all of which runs or would at the first request': (
    played,
  ) => {
    const { verdict, machines, before, process } = played;
    if (verdict === undefined || !claimsWhole.includes(verdict.outcome) || !hasSeenAll(played)) return;
    const [version, ...others] = servingOf(machines);
    expect(originsOf(played, [version ?? 0, ...others])).toHaveLength(1);
    const { build } = process.world.get(version ?? 0);
    expect({
      missing: missing(machines, build, before?.machines ?? []),
      dead: deadGroups(machines),
    }).toEqual({ missing: [], dead: [] });
  },
  'says live only of a release of its own': (played) => {
    const { verdict, machines } = played;
    if (verdict?.outcome !== 'live' || !hasSeenAll(played)) return;
    expect(ownVersions(played, 'ships')).toEqual(expect.arrayContaining([...servingOf(machines)]));
  },
  'goes back to what served directly before its release took traffic, or to the last verified one': (
    played,
  ) => {
    const { verdict, run, machines, process, main } = played;
    if (verdict?.outcome !== 'restored' || run.asked.kind !== 'deploy' || !hasSeenAll(played)) return;
    const chronicle = process.chronicle ?? main?.process.chronicle ?? [];
    const before = directlyBefore(played);
    const [serving = 0] = originsOf(played, servingOf(machines));
    const isTrusted = before !== undefined && isGoodToGoBackTo(played, before);
    const [activated] = [process, main?.process].flatMap((one) => one?.calls ?? []).filter(isActivation);
    const chosen = activated === undefined ? serving : versionOf(activated.call.split(' ')[1] ?? '');
    const hasVerified = chronicle.some((one) => one.judgement === 'pass');
    if (isTrusted) expect(serving).toBe(originIn(played, played.chronicle, before));
    else expect(told(chronicle, chosen).judgement).toBe(hasVerified ? 'pass' : 'settled');
  },
  'switches nothing away from what another run made live, once it has seen it': (played) => {
    const { process, run, before } = played;
    const known = originsOf(played, servingOf(before?.machines ?? []));
    for (const { call, serving, isSeen } of process.calls) {
      if (!isSeen || !call.startsWith('activate')) continue;
      const others = serving.filter(
        (version) =>
          process.world.get(version).maker !== run.name &&
          !known.includes(originIn(played, played.chronicle, version)),
      );
      expect({ call, others }).toEqual({ call, others: [] });
    }
  },
  'calls its own only what it has made': (played) => {
    const { verdict, run, process, owned } = played;
    const makers = owned.map((version) => process.world.get(version).maker);
    expect(makers).toEqual(owned.map(() => run.name));
    if (run.asked.kind !== 'deploy' || verdict?.release === undefined) return;
    if (verdict.outcome === 'unchanged' || verdict.reason === 'already-live-failing') return;
    // Nothing was changed: what was found there had been there before.
    if (ownVersions(played, 'ships').length === 0 && owned.length === 0) return;
    expect(process.world.get(versionOf(verdict.release.id)).maker).toBe(run.name);
  },
  'says what really serves': (played) => {
    const { verdict } = played;
    if (verdict === undefined || verdict.live === undefined || !hasSeenAll(played)) return;
    expect(truths(played)).toContain(verdict.serving);
  },
  'takes back what it saw serving, in a rollback': ({ chosen, process }) => {
    const { sight, answer } = chosen.at(-1) ?? {};
    if (answer?.kind !== 'target' || sight === undefined) return;
    const serving = servingOf(sight.machines);
    expect(serving).toContain(versionOf(answer.replaces?.id ?? 'v0'));
    const switched = process.calls.find(({ call, isSeen }) => call.startsWith('activate') && isSeen);
    if (switched !== undefined) expect(switched.serving).toEqual(serving);
  },
  'chooses for a rollback what the simple model names': (played) => {
    const { chosen, run } = played;
    for (const { sight, answer, chronicle } of chosen) {
      const serving = servingOf(sight?.machines ?? []);
      const [version] = serving;
      if (run.asked.kind !== 'rollback' || version === undefined || serving.length > 1) continue;
      // Between the look and the choice somebody came: which of the two was read first cannot be told.
      if (sight?.made !== chronicle.length) continue;
      const expected = simpleTarget(chronicle, version, run.asked.to);
      const named = answer.kind === 'target' ? versionOf(answer.release.id) : answer.kind;
      expect(named === 'no-target' ? 'none' : named).toBe(expected);
    }
  },
  'finishes in post, in its time, what had come to its end': (played) => {
    const { part, main, verdict, tookMs, process } = played;
    if (part !== 'post' || main === undefined) return;
    expect(verdict).toBeDefined();
    expect(tookMs).toBeLessThanOrEqual(RESUME_MS + 10_000);
    if (main.saved?.restore === undefined) {
      expect(process.calls.filter(({ call }) => call.startsWith('activate'))).toEqual([]);
      return;
    }
    // The restore had come to its end, and nothing has been touched since.
    const copies = ownVersions(main, 'brings back');
    const serving = servingOf(main.machines);
    const isThere = serving.length === 1 && copies.includes(serving[0] ?? 0);
    const { build } = process.world.get(serving[0] ?? 0);
    const isWhole = missing(main.machines, build, main.before?.machines ?? []).length === 0;
    const isGood = build.quality === 'good';
    if (!isThere || !isWhole || !isGood || played.startedAt !== main.changes) return;
    expect(verdict?.outcome).toBe('restored');
    expect(process.calls.filter(({ call }) => call.startsWith('activate'))).toEqual([]);
  },
};

function isActivation({ call }: Call): boolean {
  return call.startsWith('activate');
}

function isGoodToGoBackTo(played: Played, version: number): boolean {
  const { process, main, run } = played;
  const chronicle = process.chronicle ?? main?.process.chronicle ?? [];
  const { judgement, pendingOf } = told(chronicle, version);
  if (pendingOf !== undefined && pendingOf !== run.runId) return false;
  // What nobody has judged is gone back to only where what it took the place of was good.
  if (judgement === 'none') return wasGood(played);
  return judgement !== 'fail' && judgement !== 'inconclusive';
}

function wasGood({ before, known, main }: Played): boolean {
  const [version, ...others] = servingOf(before?.machines ?? []);
  if (version === undefined || others.length > 0) return false;
  const one = (main?.known ?? known)[version - 1];
  return one?.judgement !== 'fail' && one?.judgement !== 'inconclusive';
}
