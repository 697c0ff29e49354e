import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUnderWay } from '../../../packages/core/src/ledger/turn.ts';
import { endUnseen } from '../../../packages/core/src/rollout/resume.ts';
import { readSaved } from '../../../packages/core/src/rollout/saved.ts';
import { calm } from '../../support/model-platforms/calm.ts';
import { type Played, play } from '../../support/model-platforms/run-model.ts';
import { type Script, scripts, styles } from '../../support/model-platforms/script.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const failing: Script = { ...calm, checks: { ...calm.checks, after: 'fail' } };

/** A rollout that is killed at its nth call, and a `post` that cannot open the platform. */
async function endedUnseen(
  script: Script,
): Promise<(Played & { readonly told: readonly string[] }) | undefined> {
  const main = await play(script);
  const saved = readSaved(main.model.saved);
  if (saved === undefined || saved.ended) return undefined;
  const told: string[] = [];
  const { ledger } = main;
  await endUnseen(saved, { ledger, clock: new VirtualClock(), log: (line) => told.push(line) });
  return { ...main, told };
}

async function killedAt(call: string, script: Script) {
  const whole = await play(script);
  return endedUnseen({
    ...script,
    killedAt: whole.model.journal.findIndex((one) => one.call.startsWith(call)),
  });
}

const unseen = 'Nobody can see what serves: the records of this rollout are ended without a word on it.';

describe('a cut rollout whose platform cannot be opened in post', () => {
  it.each<[string, string, Script, readonly string[], readonly string[]]>([
    ['before it shipped', 'verify before', calm, ['deploy error: abandoned unknown'], []],
    ['while it settled', 'settle', calm, ['deploy error: shipped v3, verdict inconclusive'], []],
    [
      'on its way back',
      'activate restore',
      failing,
      [
        'deploy error: shipped v3, activated v3, restoring v2, abandoned unknown',
        'rollback error: abandoned unknown',
      ],
      [
        'The restore of v2 was cut and could not be finished. Finish it with the rollback action, `to: v2` and a `reason`.',
      ],
    ],
  ])('and that was killed %s ends its records', async (_, call, script, story, told) => {
    const ended = await killedAt(call, script);
    expect(ended?.ledger.story).toEqual(story);
    expect(ended?.told).toEqual([unseen, ...told]);
  });

  it.each(styles)('leaves no ticket open, whenever it was killed: %s', async (style) => {
    let looked = 0;
    await fc.assert(
      fc.asyncProperty(scripts(style), fc.nat(16), async (any, at) => {
        const ended = await endedUnseen({ ...any, latencyMs: 5, alreadyServes: false, killedAt: at });
        if (ended === undefined) return;
        looked += 1;
        const records = ended.ledger.kept.map(({ record }) => record).toReversed();
        expect(records.filter((record) => isUnderWay(record, records))).toEqual([]);
      }),
      { numRuns: 200, seed: 20_261_121 },
    );
    expect(looked).toBeGreaterThan(30);
  });
});
