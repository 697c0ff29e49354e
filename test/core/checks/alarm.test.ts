import { expect, it } from 'vitest';
import { Alarm } from '../../../packages/core/src/checks/exchange/alarm.ts';

/** Holds this thread, milliseconds. */
function hold(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

/** How long until an alarm of 50 ms rings while this thread is held `times` times for 120 ms, and for an instant free. */
function ringsAfter(times: number): Promise<number> {
  const started = performance.now();
  return new Promise((resolve) => {
    const holding = setInterval(() => {
      if (times-- > 0) hold(120);
      else clearInterval(holding);
    }, 1);
    new Alarm(50, () => {
      clearInterval(holding);
      resolve(performance.now() - started);
    });
  });
}

it('an alarm gives back the time in which its thread was held', async () => {
  expect(await ringsAfter(1)).toBeGreaterThan(120 + 50);
});

it('an alarm that is late again and again rings all the same', async () => {
  expect(await ringsAfter(60)).toBeLessThan(4000);
});
