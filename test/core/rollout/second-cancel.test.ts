import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUnderWay } from '../../../packages/core/src/ledger/turn.ts';
import { calm } from '../../support/model-platforms/calm.ts';
import { type Played, play, playPost } from '../../support/model-platforms/run-model.ts';
import { type Script, scripts, styles } from '../../support/model-platforms/script.ts';

const failing: Script = { ...calm, checks: { ...calm.checks, after: 'fail' } };

/** Killed at `call`, and cancelled again at the call that `post` makes as its nth. */
async function cutTwice(call: string, again: number, script = failing): Promise<Played | undefined> {
  const whole = await play(script);
  const killedAt = whole.model.journal.findIndex((one) => one.call.startsWith(call));
  return playPost(await play({ ...script, killedAt }), script, { cancelledAt: again });
}

describe('a second cancel, in post', () => {
  it.each([
    [
      'as the restore is taken up again',
      0,
      ['deploy error: shipped v3, activated v3, restoring v2, restoring v2', 'rollback error: abandoned v3'],
      'v3',
    ],
    [
      'in the middle of it',
      1,
      ['deploy error: shipped v3, activated v3, restoring v2, restoring v2', 'rollback error: abandoned v3'],
      'v3',
    ],
  ])('%s ends both records and says how to finish', async (_, at, story, serves) => {
    const post = await cutTwice('activate restore', at);
    expect(post?.verdict?.outcome).toBe('cancelled');
    expect(post?.ledger.story).toEqual(story);
    expect(post?.log.at(-1)).toBe(
      `The restore of v2 was cut and could not be finished: ${serves} serves. Finish it with the rollback action, \`to: v2\` and a \`reason\`.`,
    );
  });

  it.each(styles)('leaves no record open, and opens none twice, whenever it comes: %s', async (style) => {
    let cut = 0;
    const cuts = fc.oneof(
      fc.record({ cancelledAt: fc.nat(16), killedAt: fc.constant(undefined) }),
      fc.record({ cancelledAt: fc.constant(undefined), killedAt: fc.nat(16) }),
    );
    await fc.assert(
      fc.asyncProperty(scripts(style), cuts, fc.nat(4), async (any, first, cancelledAt) => {
        const script: Script = { ...any, ...first, latencyMs: 5, alreadyServes: false };
        const post = await playPost(await play(script), script, { cancelledAt });
        if (post === undefined) return;
        cut += 1;
        const records = post.ledger.kept.map(({ record }) => record);
        const open = records.filter((record) => isUnderWay(record, records));
        expect(
          open.map(({ id }) => id),
          post.ledger.story.join('\n'),
        ).toEqual([]);
        const nonces = records.map(({ intent }) => intent.nonce);
        expect(nonces).toEqual([...new Set(nonces)]);
      }),
      { numRuns: 300, seed: 20_261_129 },
    );
    expect(cut).toBeGreaterThan(40);
  });
});
