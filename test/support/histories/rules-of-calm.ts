import { expect } from 'vitest';
import type { Build } from './build.ts';
import { servingOf } from './numbered-world.ts';
import { missing, originIn, told, versionOf } from './oracle.ts';
import type { Played } from './play-history.ts';
import type { Rule } from './rules.ts';

/** What has to come of a rollout that nothing disturbs: no promise is kept by never claiming anything. */
export const rulesOfCalm: Readonly<Record<string, Rule>> = {
  'makes a good release live': (played) => {
    const { run, verdict } = played;
    if (!isCalm(played) || run.asked.kind !== 'deploy' || run.asked.build.quality !== 'good') return;
    expect(verdict?.outcome).toMatch(/^(live|unchanged)$/);
    expect(verdict?.serving).toBe('new');
  },
  'takes a bad release back, whatever image it has': (played) => {
    const { run, verdict } = played;
    if (!isCalm(played) || run.asked.kind !== 'deploy') return;
    const { quality, hasWorker } = run.asked.build;
    const isFound = quality === 'fails-checks' ? played.script.hasChecks : quality !== 'good' && hasWorker;
    const before = goodBefore(played);
    if (!isFound || before === undefined || hasWord(played, before, ['fail', 'inconclusive'])) return;
    if (told(played.known, before).pendingOf !== undefined) return;
    expect({ outcome: verdict?.outcome, serving: verdict?.serving }).toEqual({
      outcome: 'restored',
      serving: 'old',
    });
  },
  'brings back what a rollback has chosen': (played) => {
    const { run, verdict, chosen, process } = played;
    const answer = chosen.at(-1)?.answer;
    if (!isCalm(played) || run.asked.kind !== 'rollback' || answer?.kind !== 'target') return;
    if (process.world.get(versionOf(answer.release.id)).build.quality !== 'good') return;
    expect({ outcome: verdict?.outcome, serving: verdict?.serving }).toEqual({
      outcome: 'restored',
      serving: 'old',
    });
  },
};

/** Nothing failed, nobody else came, nobody cancelled, and whatever was missing could be made. */
function isCalm({ part, script, process }: Played): boolean {
  const { ship, restore, room, isBlind, elsewhere, cancelledAt, killedAt } = script;
  const came = elsewhere.filter(({ at }) => typeof at === 'number' && at < process.calls.length);
  const isCut = [cancelledAt, killedAt].some((at) => at !== undefined && at < process.calls.length);
  return (
    part === 'main' &&
    ship === 'done' &&
    restore === 'done' &&
    room === 'there' &&
    !isBlind &&
    !isCut &&
    came.length === 0
  );
}

/** What served alone at the first look, all of it and good. */
function goodBefore({ before, process }: Played): number | undefined {
  const [version, ...others] = servingOf(before?.machines ?? []);
  if (version === undefined || others.length > 0 || before === undefined) return undefined;
  const { build }: { build: Build } = process.world.get(version);
  return build.quality === 'good' && missing(before.machines, build, []).length === 0 ? version : undefined;
}

function hasWord(played: Played, version: number, words: readonly string[]): boolean {
  const origin = originIn(played, played.known, version);
  return [version, origin].some((one) => words.includes(told(played.known, one).judgement));
}
