import { describe, expect, it } from 'vitest';
import { AttemptWatch } from '../../../packages/core/src/checks/exchange/attempt-watch.ts';
import { LargeAnswers } from '../../../packages/core/src/checks/exchange/large-answers.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';

/** Which of several places have had their turn by now. */
async function turns(taken: readonly Promise<void>[]): Promise<readonly boolean[]> {
  const had = taken.map(() => false);
  for (const [at, one] of taken.entries())
    void one.then(() => {
      had[at] = true;
    });
  await systemClock.sleep(0);
  return had;
}

/** As much as there is. */
const all = 1024 * 1024 * 1024;
const megabyte = 1024 * 1024;

describe('large answers', () => {
  it('are held together as long as there is room', async () => {
    const answers = new LargeAnswers();
    const places = Array.from({ length: 6 }, () => answers.place());
    const taken = places.map((place) => place.take(10 * megabyte));
    expect(await turns(taken)).toEqual([true, true, true, false, false, false]);
    expect(places.map(({ hasWaited }) => hasWaited)).toEqual([false, false, false, true, true, true]);
  });

  it('wait for room, in the order they came', async () => {
    const answers = new LargeAnswers();
    const [first, second, third] = [answers.place(), answers.place(), answers.place()];
    const taken = [first.take(all), second.take(all), third.take(all)];
    expect(await turns(taken)).toEqual([true, false, false]);
    first.leave();
    expect(await turns(taken)).toEqual([true, true, false]);
  });

  it('are several of one attempt', async () => {
    const place = new LargeAnswers().place();
    expect(await turns([place.take(all), place.take(all)])).toEqual([true, true]);
  });

  it('wait for nobody who has left before its turn', async () => {
    const answers = new LargeAnswers();
    const [first, second, third] = [answers.place(), answers.place(), answers.place()];
    const taken = [first.take(all), second.take(all), third.take(all)];
    second.leave();
    first.leave();
    expect((await turns(taken))[2]).toBe(true);
  });

  it('cost their server no time while they wait', async () => {
    const answers = new LargeAnswers();
    const other = answers.place();
    await other.take(all);
    const limits = { clock: systemClock, signal: new AbortController().signal, connectTimeoutMs: 100 };
    const watch = new AttemptWatch({ ...limits, timeoutMs: 100, place: answers.place() });
    const waiting = watch.large(all);
    await systemClock.sleep(200);
    expect(watch.cutBy).toBeUndefined();
    other.leave();
    await waiting;
    expect(watch.elapsedMs).toBeLessThan(90);
    await systemClock.sleep(150);
    expect(watch.cutBy?.message).toBe('the name was not resolved within 100 ms');
    watch.close();
  });
});
