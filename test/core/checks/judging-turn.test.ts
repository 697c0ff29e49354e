import { describe, expect, it } from 'vitest';
import type { Announcer } from '../../../packages/core/src/checks/cage/announcements.ts';
import { JudgingTurn } from '../../../packages/core/src/checks/cage/judging-turn.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';

function floor() {
  const announced: (number | undefined)[] = [];
  const over = () => announced.push(undefined);
  const announcer = { judging: (id?: number) => announced.push(id), over, beat: () => {} };
  return { floor: new JudgingTurn(announcer as unknown as Announcer), announced };
}

describe('judging', () => {
  it('is announced before, one answer at a time', async () => {
    const { floor: one, announced } = floor();
    const said: string[] = [];
    const judge = (name: string) => async () => {
      said.push(`${name} begins`);
      await systemClock.sleep(5);
      said.push(`${name} ends`);
    };
    await Promise.all([
      one.do(1, () => one.judging(judge('first'))),
      one.do(2, () => one.judging(judge('second'))),
    ]);
    expect(announced).toEqual([1, undefined, 2, undefined]);
    expect(said).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  it('inside of judging is part of it', async () => {
    const { floor: one, announced } = floor();
    expect(await one.do(1, () => one.judging(() => one.judging(async () => 'judged')))).toBe('judged');
    expect(announced).toEqual([1, undefined]);
  });

  it('that fails holds nobody up', async () => {
    const { floor: one } = floor();
    const failing = one.do(1, () => one.judging(() => Promise.reject(new Error('broken'))));
    await expect(failing).rejects.toThrow('broken');
    expect(await one.do(2, () => one.judging(async () => 'judged'))).toBe('judged');
  });
});

describe('an exception that nobody caught', () => {
  it('ends the call whose callback threw it, and no other', async () => {
    const { floor: one } = floor();
    const thrown = one.do(1, () => {
      setTimeout(() => one.blame(new Error('thrown in a callback')), 1);
      return new Promise<never>(() => {});
    });
    const other = one.do(2, async () => {
      await systemClock.sleep(20);
      return 'well';
    });
    await expect(thrown).rejects.toThrow('thrown in a callback');
    expect(await other).toBe('well');
  });

  it('is nobody’s where no call is being done', () => {
    expect(floor().floor.blame(new Error('thrown'))).toBe(false);
  });
});
