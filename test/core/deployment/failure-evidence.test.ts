import { describe, expect, it } from 'vitest';
import { FailureEvidence } from '../../../packages/core/src/deployment/failure-evidence.ts';
import { aRelease } from '../../support/a-release.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

describe('evidence of a failure', () => {
  it('is what the first look saw', async () => {
    const looks: (string | undefined)[] = [];
    const look = async (id: string | undefined) => {
      looks.push(id);
      return [`${id} crashed`];
    };
    const evidence = new FailureEvidence(look, new VirtualClock());
    await evidence.gather(aRelease({ id: 'v2' }));
    await evidence.gather(aRelease({ id: 'v3' }));
    expect([evidence.lines, looks]).toEqual([['v2 crashed'], ['v2']]);
  });

  it('does not hold up the way back', async () => {
    const clock = new VirtualClock();
    const evidence = new FailureEvidence(() => new Promise(() => {}), clock);
    await evidence.gather(aRelease({ id: 'v2' }));
    expect(evidence.lines).toEqual(['The platform gave no evidence within 3 s.']);
    expect(clock.monotonic()).toBe(3000);
  });
});
