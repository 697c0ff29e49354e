import { describe, expect, it } from 'vitest';
import { olderThanLive } from '../../../packages/core/src/gates/older-than-live.ts';
import { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';
import type { Release } from '../../../packages/core/src/platforms/platform.ts';
import { runRollout } from '../../../packages/core/src/rollout/driver.ts';
import type { Allowance } from '../../../packages/core/src/rollout/ports.ts';
import { calm } from '../../support/model-platforms/calm.ts';
import { MemoryLedger } from '../../support/model-platforms/memory-ledger.ts';
import { ModelPlatform } from '../../support/model-platforms/model-platform.ts';
import { modelPorts, play, playPost, timeoutMs } from '../../support/model-platforms/run-model.ts';
import type { Script } from '../../support/model-platforms/script.ts';
import { finding, shipping, staging, takingBack } from '../../support/rollout-events.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const limits = () => ({
  timeoutMs: 60_000,
  restoreTimeoutMs: 60_000,
  signal: new AbortController().signal,
});
const broken: Script = { ...calm, checks: { ...calm.checks, after: 'fail' } };

describe('a release that may be of two runs', () => {
  it.each([
    ['is recorded as this run’s where the records name no other', 'ours', 'shipped v3'],
    ['is passed over for the one that serves, where another run has recorded it', 'foreign', 'shipped v4'],
  ] as const)('%s', async (_, owner, shipped) => {
    const clock = new VirtualClock();
    const maybe = { relation: () => ({ made: 'maybe' as const }) };
    const model = Object.assign(new ModelPlatform(calm, clock), maybe);
    const ledger = new MemoryLedger();
    const ports = modelPorts(calm, { clock, model, ledger, log: [] });
    const obtain = async () => {
      const release = model.world.make(owner, 'one-image');
      const own = owner === 'ours' ? release : model.world.make('ours', 'one-image');
      model.world.serve(own, 'all');
      return { release };
    };
    const verdict = await runRollout(calm.plan, { ...ports, obtain }, limits());
    expect(verdict.outcome).toBe('live');
    expect(ledger.story).toEqual([`deploy success: ${shipped}, activated ${shipped.slice(8)}, verdict pass`]);
  });
});

describe('a copy that may be of two runs', () => {
  it('is passed over for the one that serves, where another run has recorded it', async () => {
    const clock = new VirtualClock();
    const maybe = { relation: () => ({ made: 'maybe' as const }) };
    const model = Object.assign(new ModelPlatform(broken, clock), maybe);
    const ledger = new MemoryLedger();
    const ports = modelPorts(broken, { clock, model, ledger, log: [] });
    const { world } = model;
    const activate = async (_: unknown, back: Release) => {
      const theirs = world.make('foreign', 'one-image');
      world.serve(world.make('before', 'one-image', back), 'all');
      return theirs;
    };
    const relation = async (release: Release) => {
      const related = await ports.relation?.(release);
      const restores = world.restoredAs(release);
      return {
        mine: related?.mine === true,
        ...(restores !== undefined && { isCopy: true as const, restores }),
      };
    };
    const platform = Object.assign(model, { activate });
    const verdict = await runRollout(broken.plan, { ...ports, platform, relation }, limits());
    expect(verdict).toMatchObject({ outcome: 'restored', serving: 'old' });
    expect(ledger.story.at(-1)).toBe('rollback success: activated v5, verdict pass, restored v5');
  });
});

describe('a rollback that chooses once more', () => {
  it('asks the ledger anew before it does', async () => {
    const script: Script = { ...calm, plan: takingBack, foreignAt: 3 };
    const asked: string[] = [];
    const ports = {
      ...modelPorts(script),
      choose: async () => {
        asked.push('choose');
      },
      renew: () => {
        asked.push('renew');
      },
    };
    await runRollout(takingBack, ports, limits());
    expect(asked).toEqual(['choose', 'renew', 'choose']);
  });
});

describe('what the ledger keeps', () => {
  it.each([
    ['a deploy that works', calm, ['deploy success: shipped v3, activated v3, verdict pass']],
    [
      'a deploy on the platform’s word',
      { ...calm, plan: { ...shipping, hasChecks: false } },
      ['deploy success: shipped v3, activated v3, verdict settled'],
    ],
    [
      'a staged release',
      { ...calm, plan: { ...staging, until: 'staged' } },
      ['deploy in_progress: shipped v3, staged v3'],
    ],
    [
      'a deploy that was taken back',
      broken,
      [
        'deploy failure: shipped v3, activated v3, restoring v2',
        'rollback success: activated v4, verdict pass, restored v4',
      ],
    ],
    [
      'a deploy whose restore failed',
      { ...broken, checks: { ...broken.checks, restored: 'fail' } },
      [
        'deploy failure: shipped v3, activated v3, restoring v2',
        'rollback failure: activated v4, verdict fail',
      ],
    ],
    [
      'a deploy that could not be judged',
      { ...calm, checks: { ...calm.checks, after: 'inconclusive' } },
      ['deploy error: shipped v3, activated v3, verdict inconclusive'],
    ],
    [
      'a deploy that someone else overtook',
      { ...calm, foreignAt: 5 },
      ['deploy failure: shipped v3, activated v3, abandoned v4'],
    ],
    [
      'a deploy that was rejected',
      { ...calm, obtain: 'failed' },
      ['deploy failure: shipped v3, verdict fail'],
    ],
    [
      'a release the platform had made live by itself',
      { ...calm, plan: finding, verdict: 'none', alreadyServes: true, obtain: 'found' },
      ['deploy success: shipped v2, activated v2, verdict pass'],
    ],
    [
      'a rollback',
      { ...calm, plan: takingBack },
      ['rollback success: activated v3, verdict pass, restored v3'],
    ],
    ['a deploy of what already served', { ...calm, alreadyServes: true }, []],
  ] as const)('of %s', async (_, script, story) => {
    expect((await play(script)).ledger.story).toEqual(story);
  });

  it('sets the record of the replaced release inactive', async () => {
    const { ledger, ports, model } = await play(calm);
    const limits = { timeoutMs: 60_000, restoreTimeoutMs: 60_000, signal: new AbortController().signal };
    await runRollout(shipping, { ...ports, platform: model }, limits);
    expect(ledger.story).toEqual([
      'deploy inactive: shipped v3, activated v3, verdict pass',
      'deploy success: shipped v4, activated v4, verdict pass',
    ]);
  });

  it('links a verdict to the address of its target', async () => {
    const { ledger, ports } = await play({ ...calm, deadFrom: 0 });
    const target = { ...ports.target, url: 'https://shop.fly.dev' };
    const { signal } = new AbortController();
    await runRollout(
      shipping,
      { ...modelPorts(calm), ledger, target },
      { timeoutMs, restoreTimeoutMs: 0, signal },
    );
    expect(ledger.kept.map(({ url }) => url)).toEqual(['https://shop.fly.dev']);
  });

  it('names its record in the verdict', async () => {
    expect((await play(calm)).verdict?.ledgerId).toBe('1');
  });
});

describe('a rollout as it is told', () => {
  it('says what it may take before it begins', async () => {
    expect((await play(calm)).log[0]).toBe(
      'This may take 20m (timeout) and 10m more to go back (restore-timeout), 30m in all: ' +
        'give the job `timeout-minutes: 35` or more.',
    );
  });

  it('keeps every step of a restore in the timeline', async () => {
    const { ports } = await play(broken);
    expect(
      ports.timeline.steps.map(({ name, durationMs, note }) => `${name} (${durationMs}): ${note}`),
    ).toEqual([
      'observe (1000): v2 serves',
      'admit (0): ',
      'record (0): ',
      'turn (0): without a record nobody is waited for, and nobody waits',
      'verify before (1000): 1 passed',
      'prepare (0): ',
      'turn (0): without a record nobody is waited for, and nobody waits',
      're-read (1000): v2 serves',
      'ship (1000): v3',
      'settle (1000): settled',
      'verify (1000): fail: GET / said fail',
      'observe again (1000): v3 serves',
      'choose restore (0): v2',
      're-read (1000): v3 serves',
      'restore (1000): v4',
      'settle restored (1000): settled',
      'verify restored (1000): pass: GET / said pass',
      'confirm (1000): v4 serves',
    ]);
  });
});

describe('before anything is recorded', () => {
  const limits = { timeoutMs: 60_000, restoreTimeoutMs: 60_000, signal: new AbortController().signal };

  it('fails as the action’s own error when the platform cannot be asked', async () => {
    const ports = modelPorts({ ...calm, deadFrom: 0 });
    await expect(runRollout(shipping, ports, limits)).rejects.toEqual(
      new ActionFailure({
        code: 'platform-unreachable',
        what: 'GET https://platform.test/ → reset connection reset',
        next: 'Look at the platform’s status page, then run the smoke-test action against the target.',
      }),
    );
  });

  it('is blocked by a gate, with the gate’s words', async () => {
    const ports = modelPorts(calm);
    const verdict = await runRollout(
      shipping,
      {
        ...ports,
        gates: [olderThanLive],
        gateFacts: async (kind, live) => {
          const commitOrder = { kind: 'older', liveCommit: 'b'.repeat(40) } as const;
          return { kind, live, commit: 'a'.repeat(40), commitOrder };
        },
      },
      limits,
    );
    expect(verdict).toMatchObject({
      outcome: 'blocked',
      reason: 'older-than-live',
      serving: 'old',
      cause: { what: 'The commit aaaaaaa is older than bbbbbbb, which serves.' },
    });
  });
});

describe('a change that turns out to be a barrier', () => {
  const limits = { timeoutMs: 60_000, restoreTimeoutMs: 60_000, signal: new AbortController().signal };
  const why = 'It changes db/migrate/7.sql.';

  it('is not taken back, says why, and is known as one before its intent is written', async () => {
    const ports = modelPorts(broken);
    const asked: string[] = [];
    const verdict = await runRollout(
      shipping,
      {
        ...ports,
        barrier: async (live) => {
          asked.push(`barrier over ${live.kind}`);
          return why;
        },
        intent: (live) => {
          asked.push('intent');
          return ports.intent(live);
        },
      },
      limits,
    );
    expect(verdict).toMatchObject({ outcome: 'stranded', reason: 'barrier', serving: 'new', notes: [why] });
    expect(asked).toEqual(['barrier over one', 'intent']);
  });

  it('is not even asked for where the wanted artifact serves already', async () => {
    const barrier = () => Promise.reject(new Error('asked'));
    const ports = { ...modelPorts(calm), barrier, alreadyServes: async () => true };
    expect(await runRollout(shipping, ports, limits)).toMatchObject({ outcome: 'unchanged' });
  });
});

describe('what the adapter remembers', () => {
  it('is saved before each change, and again in the middle of it, when it asks', async () => {
    let memory = 'nothing';
    const seen: string[] = [];
    const ports = modelPorts(calm);
    const obtain = async (allowance: Allowance) => {
      memory = 'asked';
      allowance.remember?.();
      memory = 'd2';
      allowance.remember?.();
      return ports.obtain(allowance);
    };
    const save = (text: string) => {
      if (text !== '') seen.push(JSON.parse(text).memory);
      ports.save(text);
    };
    await runRollout(calm.plan, { ...ports, obtain, save, memory: () => memory }, limits());
    expect(seen.filter((one, index) => one !== seen[index - 1])).toEqual(['nothing', 'asked', 'd2']);
  });
});

describe('a restore that was cut', () => {
  const cut: Script = { ...broken, cancelledAt: 7 };

  it('is left to post by a cancelled run', async () => {
    const main = await play(cut);
    expect(main.verdict).toMatchObject({ outcome: 'cancelled', serving: 'new' });
    expect(JSON.parse(main.model.saved)).toMatchObject({
      restore: { release: { id: 'v2' } },
      records: { change: '1' },
    });
  });

  it('is finished by post, in the same records', async () => {
    const post = await playPost(await play(cut), cut);
    expect(post?.verdict).toMatchObject({ outcome: 'restored', reason: 'checks-failed', serving: 'old' });
    expect(post?.ledger.story).toEqual([
      'deploy failure: shipped v3, activated v3, restoring v2',
      'rollback success: activated v4, verdict pass, restored v4',
    ]);
  });

  it('is told with what serves and how to finish when post cannot end it', async () => {
    const hopeless: Script = { ...cut, activate: { ...cut.activate, restore: 'hangs' } };
    const post = await playPost(await play(hopeless), hopeless);
    expect(post?.verdict).toMatchObject({ outcome: 'stranded', reason: 'restore-failed', serving: 'new' });
    expect(post?.log.at(-1)).toBe(
      'The restore of v2 was cut and could not be finished: v3 serves. Finish it with the rollback action, `to: v2` and a `reason`.',
    );
    expect(post?.ledger.story).toEqual([
      'deploy error: shipped v3, activated v3, restoring v2, restoring v2',
      'rollback failure: abandoned v3',
    ]);
  });
});
