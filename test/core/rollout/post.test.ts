import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RESUME_MS } from '../../../packages/core/src/rollout/resume.ts';
import { calm } from '../../support/model-platforms/calm.ts';
import { type Played, play, playPost } from '../../support/model-platforms/run-model.ts';
import { type Script, scripts, styles } from '../../support/model-platforms/script.ts';
import { calls, describePlay, truth } from '../../support/model-platforms/truth.ts';

type Rule = (post: Played, main: Played, script: Script) => void;

const rules: Readonly<Record<string, Rule>> = {
  'says what really serves': (post, _, script) => {
    expect(post.verdict?.serving).toBe(truth(post, script));
  },
  'says restored only when an old release serves alone': (post) => {
    if (post.verdict?.outcome !== 'restored') return;
    expect(post.model.world.owners).toHaveLength(1);
    expect(['before', 'older']).toContain(post.model.world.owners[0]);
  },
  'never starts a restore that had not begun': (post, main) => {
    if (JSON.parse(main.model.saved).restore === undefined) expect(calls(post, 'activate')).toEqual([]);
  },
  'never switches away from a release of someone else': (post) => {
    expect(calls(post, 'activate').filter(({ lastSeenForeign }) => lastSeenForeign)).toEqual([]);
  },
  'ends before the service cuts the job off': (post) => {
    expect(post.tookMs).toBeLessThanOrEqual(RESUME_MS + 10_000);
  },
  'leaves no record in progress that it was told of': (post, main) => {
    const told: readonly unknown[] = Object.values(JSON.parse(main.model.saved).records);
    const open = post.ledger.kept.filter(
      ({ record, state }) => state === 'in_progress' && told.includes(record.id),
    );
    expect(open).toEqual([]);
  },
  'records every restore that it finished': (post, main) => {
    if (JSON.parse(main.model.saved).restore === undefined || post.verdict?.outcome !== 'restored') return;
    const restores = post.ledger.kept.filter(({ record }) => record.kind === 'rollback');
    expect(restores.at(-1)?.state).toBe('success');
  },
  'leaves nothing to do again': (post) => {
    expect(post.model.saved).toBe('');
  },
};

/** A change that fails its checks after it went live, so that cuts fall into its restore. */
function failing(script: Script): Script {
  return {
    ...script,
    plan: { ...script.plan, until: 'live', onFailure: 'restore', barrier: false, hasChecks: true },
    start: 'one',
    obtain: 'done',
    activate: { ...script.activate, change: 'done' },
    settle: { ...script.settle, change: 'settled' },
    checks: { ...script.checks, staged: 'pass', after: 'fail' },
    foreignAt: undefined,
    deadFrom: undefined,
  };
}

const cuts = fc.oneof(
  fc.record({ cancelledAt: fc.nat(16), killedAt: fc.constant(undefined) }),
  fc.record({ cancelledAt: fc.constant(undefined), killedAt: fc.nat(16) }),
);

describe.each(styles)('post, after a rollout was cut on a model platform: %s', (style) => {
  it('finishes a begun restore, and otherwise only looks and records', async () => {
    let [resumed, restores] = [0, 0];
    await fc.assert(
      fc.asyncProperty(scripts(style), cuts, fc.boolean(), async (any, cut, goesBack) => {
        const script: Script = {
          ...(goesBack ? failing(any) : any),
          ...cut,
          latencyMs: 5,
          alreadyServes: false,
        };
        const main = await play(script);
        const post = await playPost(main, script);
        if (post === undefined) return;
        resumed += 1;
        if (JSON.parse(main.model.saved).restore !== undefined) restores += 1;
        for (const [name, rule] of Object.entries(rules)) {
          try {
            rule(post, main, script);
          } catch (error) {
            const story = `main: ${describePlay(main)}\npost: ${describePlay(post)}`;
            throw new Error(`It no longer ${name}.\n${story}`, { cause: error });
          }
        }
      }),
      { numRuns: 400, seed: 20_261_121 },
    );
    // Both kinds of cut were met, or nothing was shown.
    expect(resumed).toBeGreaterThan(50);
    if (!style.endsWith('rollback')) expect(restores).toBeGreaterThan(20);
  });
});

describe('a restore cut by the runner’s end', () => {
  const script: Script = { ...calm, checks: { ...calm.checks, after: 'fail' } };
  const caveat = 'The release command `migrate` of the new version ran and is not undone.';

  it('says in post what it could not bring back, though only the run had found that out', async () => {
    const whole = await play(script, { caveat });
    const killedAt = whole.model.journal.findIndex(({ call }) => call.startsWith('activate restore'));
    const cut = await play({ ...script, killedAt }, { caveat });
    const post = await playPost(cut, script);
    const { outcome, reason, notes } = post?.verdict ?? {};
    expect({ outcome, reason, notes }).toEqual({
      outcome: 'restored',
      reason: 'restored-image-only',
      notes: [caveat],
    });
  });

  it('is recorded in post when the run was gone before its record was open', async () => {
    const whole = await play(script);
    const killedAt = whole.model.journal.findIndex(({ call }) => call.startsWith('activate restore'));
    const cut = await play({ ...script, killedAt });
    const { records, ...saved } = JSON.parse(cut.model.saved);
    cut.model.saved = JSON.stringify({ ...saved, records: { change: records.change } });
    cut.ledger.kept.splice(1);
    const post = await playPost(cut, script);
    expect(post?.ledger.story.at(-1)).toBe('rollback success: activated v4, verdict pass, restored v4');
    expect(post?.ledger.kept.at(-1)?.record.intent).toMatchObject({ restores: 'v2', replaces: 'v3' });
  });
});
