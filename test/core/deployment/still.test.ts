import { describe, expect, it } from 'vitest';
import { stillServing } from '../../../packages/core/src/deployment/still.ts';
import { HttpError } from '../../../packages/core/src/io/http.ts';
import type { Live, Release } from '../../../packages/core/src/platforms/platform.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const one = (label: string): Live => {
  const known = { state: 'live', created: '2026-11-29T10:00:00Z', restorable: 'yes' } as const;
  const release: Release = { ...known, id: label, label };
  return { kind: 'one', release };
};

/** Looks answered one after the other; the last answer stays. */
async function told(answers: readonly (Live | Error)[]): Promise<string> {
  let looks = 0;
  const look = async () => {
    const answer = answers[Math.min(looks, answers.length - 1)];
    looks += 1;
    if (answer === undefined || answer instanceof Error) throw answer;
    return answer;
  };
  const clock = new VirtualClock();
  const live = await stillServing(look, { clock, signal: new AbortController().signal });
  return `${live.kind === 'one' ? live.release.label : live.kind} after ${looks} looks`;
}

const refused = new HttpError({
  kind: 'status',
  method: 'GET',
  url: 'https://api.fly.io/',
  reason: 'no',
  status: 503,
  maybeEffective: false,
  attempts: 3,
});

describe('what serves after a change was cut', () => {
  it.each([
    ['counts when two looks agree', [one('v1')], 'v1 after 2 looks'],
    ['is looked at again while it moves', [one('v1'), one('v2'), one('v2')], 'v2 after 3 looks'],
    [
      'is told as seen last where it never rests',
      [...Array(20)].map((_, at) => one(`v${at}`)),
      'v14 after 15 looks',
    ],
    ['may fail to be seen once', [one('v1'), refused, one('v1')], 'v1 after 3 looks'],
  ])('%s', async (_, answers, came) => {
    expect(await told(answers)).toBe(came);
  });

  it('is not known where nobody answers', async () => {
    await expect(told([refused])).rejects.toBe(refused);
  });
});
