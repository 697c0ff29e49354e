import { describe, expect, it } from 'vitest';
import { flyTarget } from '../../../../../packages/core/src/platforms/fly/api/target.ts';
import { tidyUp } from '../../../../../packages/core/src/platforms/fly/machines/tidy-up.ts';
import type { TidyFacts } from '../../../../../packages/core/src/platforms/open-platform.ts';
import { recordingRunner } from '../../../../support/recording-runner.ts';
import { VirtualClock } from '../../../../support/virtual-clock.ts';

type Facts = TidyFacts & { readonly ha: boolean };

const target = flyTarget('shop', 'shop.fly.dev');
const live: Facts = { outcome: 'live', leftMs: 60_000, ha: true };
const makeIt =
  'Make it with `fly scale count app=2 --region iad --app shop`: the release is complete, so no deploy after this one does.';

/** Tidies up after a verdict where the second machine of a group is missing; answers what is told. */
async function tidied(
  facts: Facts,
  make: (clock: VirtualClock, signal: AbortSignal) => Promise<void>,
  signal = new AbortController().signal,
) {
  const clock = new VirtualClock();
  const runner = recordingRunner();
  let isMissing = true;
  const platform = {
    beside: { accepted: [], idle: [], left: [] },
    get missing() {
      return isMissing
        ? [{ name: 'app/iad', running: 2, resting: 0, ended: 0, unknown: 0, wakes: false }]
        : [];
    },
    clearAbandoned: async () => undefined,
    async completeHalfMade(_: unknown, cut: AbortSignal) {
      await make(clock, cut);
      isMissing = false;
    },
  };
  await tidyUp({ clock, runner, signal }, { platform, target }, facts);
  return { told: runner.log, tookMs: clock.monotonic() };
}

describe('the second machine, which a deploy that was cut had left out', () => {
  it('is made without a word where there is time', async () => {
    expect(await tidied(live, (clock) => clock.sleep(5_000))).toMatchObject({ told: [], tookMs: 5_000 });
  });

  it.each<[string, Facts, number]>([
    ['the 20 s for it are over', live, 20_000],
    ['`timeout` is over before that', { ...live, leftMs: 3_000 }, 3_000],
    ['`timeout` was over when it began', { ...live, leftMs: -5_000 }, 0],
  ])('is told of, with what makes it, where %s', async (_, facts, tookMs) => {
    const hangs = (clock: VirtualClock, signal: AbortSignal) => clock.sleep(600_000, signal);
    expect(await tidied(facts, hangs)).toEqual({
      told: [`warning app/iad has one machine, and no time was left to make a second. ${makeIt}`],
      tookMs,
    });
  });

  it('is told of, with what makes it, where the job is cancelled', async () => {
    const hangs = (clock: VirtualClock, signal: AbortSignal) => clock.sleep(600_000, signal);
    const { told } = await tidied(live, hangs, AbortSignal.abort(new Error('cancelled')));
    expect(told).toEqual([
      `warning app/iad has one machine, and the job was cancelled before a second was made. ${makeIt}`,
    ]);
  });

  it('is told of, with what makes it, where Fly does not tell what is there', async () => {
    const { told } = await tidied(live, () => Promise.reject(new Error('Fly answered 502')));
    expect(told).toEqual([
      `warning app/iad has one machine, and a second could not be made: Fly answered 502. ${makeIt}`,
    ]);
  });

  it.each<[string, Facts]>([
    ['the deploy was not proved', { ...live, outcome: 'restored' }],
    ['one machine is wanted', { ...live, ha: false }],
  ])('is not made where %s', async (_, facts) => {
    expect(await tidied(facts, () => Promise.reject(new Error('asked')))).toMatchObject({ told: [] });
  });
});
