import { describe, expect, it } from 'vitest';
import type { ReleaseVerdict } from '../../../packages/core/src/ledger/record.ts';
import type { Live, Predecessor } from '../../../packages/core/src/platforms/platform.ts';
import { RestoreChoosing } from '../../../packages/core/src/rollout/restore-choosing.ts';
import { calm } from '../../support/model-platforms/calm.ts';
import { modelPorts } from '../../support/model-platforms/run-model.ts';
import { mixed, one, theirs, v1, v2, v3 } from '../../support/rollout-events.ts';

/** What is taken back: the platform deployed it by itself, after v2. */
const change = { ...v3, created: '2026-11-20T11:00:00Z' };

interface Given {
  /** What served at the first look. */
  readonly before: Live;
  readonly predecessor: Predecessor;
  /** What the records say of the predecessor. */
  readonly verdict?: ReleaseVerdict;
}

/** Where a restore goes where what served at the first look is not to be trusted; the last verified one is v1. */
async function chosen({ before, predecessor, verdict = 'none' }: Given) {
  const ports = modelPorts(calm);
  const platform = Object.assign(ports.platform, {
    predecessor: async () => predecessor,
    inspect: async () => predecessor.release,
  });
  const choosing = new RestoreChoosing(
    {
      ...ports,
      platform,
      verdict: async () => verdict,
      relation: async () => ({ mine: false }),
      lastVerified: async () => ({ kind: 'found', release: v1 }),
    },
    undefined,
  );
  const { signal } = new AbortController();
  return choosing.choose(
    { do: 'choose-restore', want: 'last-verified', live: one(change), before, replaces: change },
    { signal, budgetMs: 60_000 },
  );
}

describe('where the change itself was all that served at the first look, a restore goes', () => {
  it.each<readonly [string, Omit<Given, 'before'>, object]>([
    [
      'to what the platform says it took the place of, which nobody has judged',
      { predecessor: { release: v2, unsure: false } },
      { release: v2 },
    ],
    [
      'past what the platform does not say for sure to have served',
      { predecessor: { release: v2, unsure: true } },
      {
        release: v1,
        note: 'v2 came in between and never had all the traffic: the last verified release is brought back.',
      },
    ],
    [
      'past what is judged bad',
      { predecessor: { release: v2, unsure: false }, verdict: 'fail' },
      { release: v1, note: 'v2 is not good: the last verified release is brought back.' },
    ],
  ])('%s', async (_, given, expected) => {
    expect(await chosen({ before: one(change), ...given })).toEqual({ kind: 'restore-chosen', ...expected });
  });
});

describe('where the change shared the traffic at the first look, a restore goes', () => {
  const before = mixed(v2, change);
  it.each<readonly [string, Omit<Given, 'before'>, object]>([
    [
      'to what came in between and is verified: that the change is younger says nothing of it',
      { predecessor: { release: theirs, unsure: false }, verdict: 'pass' },
      { release: theirs, note: 'v9 was made live by somebody else before this release took traffic.' },
    ],
    [
      'to the last verified one where nobody has judged what came in between',
      { predecessor: { release: theirs, unsure: false } },
      { release: v1 },
    ],
  ])('%s', async (_, given, expected) => {
    expect(await chosen({ before, ...given })).toEqual({ kind: 'restore-chosen', ...expected });
  });
});
