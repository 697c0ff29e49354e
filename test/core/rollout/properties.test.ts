import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeGroup } from '../../../packages/core/src/outcome/outcome-group.ts';
import { type Played, play, restoreTimeoutOf, timeoutMs } from '../../support/model-platforms/run-model.ts';
import { type Script, scripts, styles } from '../../support/model-platforms/script.ts';
import { calls, describePlay, isTakenBack, truth, wantedOwner } from '../../support/model-platforms/truth.ts';
import { World } from '../../support/model-platforms/world.ts';

const RUNS = Number(process.env.BELAY_ROLLOUT_RUNS ?? 300);
const seed = Number(process.env.BELAY_ROLLOUT_SEED ?? 20_261_121);

type Rule = (played: Played, script: Script) => void;

const rules: Readonly<Record<string, Rule>> = {
  'says live only of its own release, alone, with passing checks or none': (played, script) => {
    if (played.verdict?.outcome !== 'live') return;
    expect(played.model.world.owners).toEqual([wantedOwner(played, script)]);
    if (script.plan.hasChecks) expect(script.checks.after).toBe('pass');
    expect(played.verdict.reason).toBe(script.plan.hasChecks ? 'verified' : 'platform-only');
  },
  'says restored only when an old release serves alone': (played, script) => {
    if (played.verdict?.outcome !== 'restored') return;
    const [owner, ...others] = played.model.world.owners;
    expect(others).toEqual([]);
    expect(['before', 'older']).toContain(owner);
    if (script.plan.kind === 'rollback') expect(owner).toBe('older');
  },
  'says rejected only when what served before still serves': (played, script) => {
    if (played.verdict?.outcome !== 'rejected') return;
    expect(new Set(played.model.world.owners)).not.toContain('ours');
    if (!isTakenBack(played, script.plan))
      expect(new Set(played.model.world.owners)).not.toContain('foreign');
  },
  'says what really serves whenever the platform could be asked at the end': (played, script) => {
    if (played.verdict === undefined) return;
    const { outcome, serving } = played.verdict;
    // Refused, or cancelled before anything changed: what was observed then is what was last seen.
    if (outcome === 'cancelled' && calls(played, script.plan.obtain).length === 0) return;
    if (isDisturbedAfterLastLook(played, script)) return;
    const isKnown = played.verdict.live !== undefined;
    expect(serving).toBe(isKnown ? truth(played, script) : 'unknown');
  },
  'knows nothing of what serves only when the platform did not answer': (played, script) => {
    if (played.verdict?.serving !== 'unknown' || truth(played, script) === 'unknown') return;
    const { outcome } = played.verdict;
    const looks = calls(played, 'live');
    // Cancelled in the first look or before it ended: nothing has been seen yet.
    if (outcome === 'cancelled' && looks.length <= 1) return;
    const lastLook = looks.at(-1);
    // A cancelled run has a second for its last look, any other has at least five.
    const isSlow = script.latencyMs > (lastLook?.cancelled === true ? 1_000 : 5_000);
    expect(played.model.lastLookFailed || isSlow).toBe(true);
  },
  'lets people sleep only over what it proved, or over what served before': (played, script) => {
    const { verdict } = played;
    if (verdict === undefined || isDisturbedAfterLastLook(played, script)) return;
    const { plan } = script;
    const ended = { ...verdict, hadServed: verdict.previous !== undefined };
    const group = outcomeGroup(plan.kind, ended);
    if (group === 'needs-a-person') return;
    const really = truth(played, script);
    if (group === 'fine') {
      const claimed = { live: ['new'], unchanged: ['new', 'old'], restored: ['old'] };
      const claim = Object.entries(claimed).find(([outcome]) => outcome === verdict.outcome)?.[1];
      if (claim !== undefined) expect(claim).toContain(really);
      return;
    }
    // What nobody looked at, and what somebody else made, is no doing of a run that had changed nothing.
    const isBegun = calls(played, plan.obtain).length > 0;
    const isLeftAlone = !isBegun && ['error', 'cancelled'].includes(verdict.outcome);
    if (isLeftAlone) return;
    expect(plan.kind).toBe('deploy');
    const isFirst = really === 'nothing' && new World(script.start).owners.length === 0;
    if (!isFirst) expect(really).toBe('old');
  },
  'ships nothing that an edge keeps it from judging': (played, script) => {
    if (!script.challengedBefore || calls(played, 'verify before').length === 0) return;
    if (script.plan.kind === 'rollback') return;
    expect([...calls(played, script.plan.obtain), ...calls(played, 'activate')]).toEqual([]);
  },
  'activates nothing after a cancellation': (played) => {
    // The call that the cancellation came in with had been made before it.
    const late = played.model.journal.filter(({ cancelled }) => cancelled).slice(1);
    expect(late.filter(({ call }) => call.startsWith('activate'))).toEqual([]);
  },
  'switches nothing when the checks could not judge': (played, script) => {
    const { after } = script.checks;
    if (!['inconclusive', 'error', 'throws'].includes(after)) return;
    const [verified] = calls(played, 'verify after');
    if (verified === undefined) return;
    const switched = played.model.journal.slice(played.model.journal.indexOf(verified));
    expect(switched.filter(({ call }) => call.startsWith('activate'))).toEqual([]);
  },
  'does each thing at most once': (played, script) => {
    // What was chosen on a look that no longer holds is chosen once more, and nothing was changed before.
    const looks = script.plan.obtain === 'choose' ? 2 : 1;
    expect(calls(played, script.plan.obtain).length).toBeLessThanOrEqual(looks);
    expect(calls(played, 'activate change').length).toBeLessThanOrEqual(1);
    expect(calls(played, 'activate restore').length).toBeLessThanOrEqual(1);
  },
  'never switches away from a release of someone else that it has seen': (played) => {
    // A rollback that chose once more, on the look that showed it, is told to take it back.
    const isChosen = ({ saved }: { saved: string }) => {
      const { plan, before } = JSON.parse(saved).known;
      return plan.kind === 'rollback' && played.model.world.ownerOf(before.live.release) === 'foreign';
    };
    const away = calls(played, 'activate').filter((entry) => entry.lastSeenForeign && !isChosen(entry));
    expect(away).toEqual([]);
  },
  'saves what it is about to do before every mutation': (played, script) => {
    for (const { call, saved } of [...calls(played, 'activate'), ...calls(played, script.plan.obtain)]) {
      const restore = JSON.parse(saved).restore;
      if (call.startsWith('activate restore')) expect(call).toBe(`activate restore ${restore.release.id}`);
      else expect(restore).toBeUndefined();
    }
  },
  'ends within its two time limits': (played, { plan }) => {
    expect(played.tookMs).toBeLessThanOrEqual(timeoutMs + restoreTimeoutOf(plan) + 10_000);
  },
  'leaves no record in progress but that of a staged release or a restore for post': (played) => {
    const isOpen = played.ledger.kept.filter(({ state }) => state === 'in_progress');
    if (played.verdict?.outcome === 'staged' || played.model.saved !== '') return;
    expect(isOpen.map(({ record }) => record.kind)).toEqual([]);
  },
};

/** What someone else does after the last look cannot be told. */
function isDisturbedAfterLastLook({ model }: Played, { foreignAt }: Script): boolean {
  const lastLook = model.journal.findLastIndex(({ call }) => call === 'live');
  return foreignAt !== undefined && foreignAt > lastLook;
}

describe.each(styles)('a rollout on a model platform: %s', (style) => {
  it('keeps every promise whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(scripts(style), async (script) => {
        const played = await play(script);
        for (const [name, rule] of Object.entries(rules)) {
          try {
            rule(played, script);
          } catch (error) {
            throw new Error(`It no longer ${name}.\n${describePlay(played)}`, { cause: error });
          }
        }
      }),
      { numRuns: RUNS, seed },
    );
  });

  it('comes to the same verdict when the ledger cannot be written', async () => {
    await fc.assert(
      fc.asyncProperty(scripts(style), async (script) => {
        const [whole, broken] = [await play(script), await play(script, { ledgerIsBroken: true })];
        expect({ ...broken.verdict, ledgerId: '' }).toEqual({ ...whole.verdict, ledgerId: '' });
      }),
      { numRuns: Math.ceil(RUNS / 3), seed },
    );
  });
});
