import { describe, expect, it } from 'vitest';
import type { RolloutEvent } from '../../../packages/core/src/rollout/events.ts';
import { readSaved, toSaved } from '../../../packages/core/src/rollout/saved.ts';
import { anIntent } from '../../support/ledger-builders.ts';
import * as e from '../../support/rollout-events.ts';

const { v2, v3, v4, one, mixed, ready, looked, shipping } = e;
const failing = [...ready, e.obtained(v3), e.settled, e.fails, looked(one(v3)), e.chosen(v2)];
const restoring = [...failing, looked(one(v3)), e.activated(v4, 'DB_URL was staged')];
const records = { change: '1', restore: '2' };
const short: RolloutEvent = {
  kind: 'settled',
  result: {
    kind: 'failed',
    failure: {
      reason: 'incomplete',
      what: 'web/iad: 1 of 2',
      next: 'Look.',
      missing: [{ name: 'web/iad', there: 1, owed: 2 }],
    },
  },
};
const beside = { records, intent: anIntent(), caveat: 'DB_URL was staged' };

function savedAfter(events: Parameters<typeof e.after>[1]) {
  return toSaved(e.after(shipping, events).state, beside);
}

describe('what is saved for post', () => {
  it.each([
    ['while looking', []],
    ['while the gates are asked', ready.slice(0, 1)],
    ['when the wanted artifact serves already', [e.observed(one(v2)), e.alreadyServing]],
    ['at the end', [e.cancelled]],
  ])('is nothing %s', (_, events) => {
    expect(savedAfter(events)).toBeUndefined();
  });

  it.each([
    ['before the record is opened', ready.slice(0, 2), undefined],
    ['while it waits for its turn', [...ready.slice(0, 3), e.held('7')], undefined],
    ['while the checks run before', ready.slice(0, 4), undefined],
    ['while it is prepared', ready.slice(0, 5), undefined],
    ['while it ships', ready, undefined],
    ['while the change is verified', [...ready, e.obtained(v3), e.settled], undefined],
    ['while it goes back', failing, 'v2'],
    ['while the old release is verified', [...restoring, e.settled], 'v4'],
    ['at the last look at a restored release', [...restoring, e.settled, e.passes], 'v4'],
    ['when a restore is cut by cancellation', [...restoring, e.cancelled], 'v4'],
    ['at the last look at a failed restore', [...restoring, e.settleFailed], undefined],
  ])('names the restore to resume %s', (_, events, release) => {
    expect(savedAfter(events)?.restore?.release.id).toBe(release);
    expect(savedAfter(events)?.records).toEqual(records);
  });

  it.each([
    ['an observed mix', [e.observed(mixed(v2, v3), 'inconclusive'), ...e.passage(mixed(v2, v3))]],
    ['nothing live', [e.observed(e.nothing, 'none'), e.admitted]],
    ['a restore', [...restoring, e.settled]],
    ['what is missing of a fleet', [...ready, e.obtained(v3), short, looked(one(v3)), e.chosen(v2)]],
    [
      'a release that is built again',
      [e.observed(one({ ...v2, rebuild: 'allowed' })), ...e.passage(one(v2))],
    ],
    [
      'a machine that nobody can accept',
      [e.observed({ ...one(v2), unmanaged: [{ ...e.stranger, mayStay: false }] }), ...e.passage(one(v2))],
    ],
  ])('is read back whole: %s', (_, events) => {
    const saved = savedAfter(events);
    expect(saved).toBeDefined();
    expect(readSaved(JSON.stringify(saved))).toEqual(saved);
  });

  it('is read back whole with what is owed to the records', () => {
    const owed = [
      { record: '7', text: 'belay/1 abandoned another-look', state: 'error' },
      { record: 'change', text: 'belay/1 verdict pass', state: 'success', url: 'https://shop.fly.dev' },
    ] as const;
    const restoreIntent = anIntent({ change: '1', nonce: 'AAAAaaaa' });
    const more = { ...beside, owed, restoreIntent, ended: true } as const;
    const saved = toSaved(e.after(shipping, restoring).state, more);
    expect(saved).toMatchObject(more);
    expect(readSaved(JSON.stringify(saved))).toEqual(saved);
  });

  it.each([
    ['is no fact of ours', { text: 'verdict pass' }],
    ['has a state GitHub does not know', { state: 'great' }],
    ['is of no record', { record: 1 }],
  ])('is read as nothing when what is owed %s', (_, damage) => {
    const owed = { record: 'change', text: 'belay/1 verdict pass', state: 'success', ...damage };
    expect(readSaved(JSON.stringify({ ...savedAfter(restoring), owed: [owed] }))).toBeUndefined();
  });

  it('is read as nothing when any part of it is damaged', () => {
    const text = JSON.stringify(savedAfter([...restoring, e.settled]));
    expect(readSaved('')).toBeUndefined();
    for (let cut = 1; cut < text.length; cut += 7) expect(readSaved(text.slice(0, cut))).toBeUndefined();
    for (const [from, to] of damages) {
      expect(text).toContain(from);
      expect(readSaved(text.replace(from, to))).toBeUndefined();
    }
  });

  const damages = [
    ['"schema":1', '"schema":2'],
    ['"kind":"deploy"', '"kind":"deplo"'],
    ['"to":"restore"', '"to":"change"'],
    ['"unchanged":false', '"unchanged":"no"'],
    ['"notes":[', '"notes":{},"x":['],
    ['"id":"v2"', '"id":2'],
    ['"change":"1"', '"change":1'],
    ['"intent":{"schema":1', '"intent":{"schema":3'],
    ['"caveat":"DB_URL was staged"}', '"caveat":true}'],
    ['"trouble":{', '"trouble":[],"x":{'],
    ['"live":{"kind":"one"', '"live":{"kind":"two"'],
  ] as const;
});
