import { describe, expect, it } from 'vitest';
import { runRollout } from '../../../packages/core/src/rollout/driver.ts';
import type { RolloutPorts } from '../../../packages/core/src/rollout/ports.ts';
import { calm } from '../../support/model-platforms/calm.ts';
import { modelPorts, play } from '../../support/model-platforms/run-model.ts';
import type { Script } from '../../support/model-platforms/script.ts';
import { staging, takingBack, v3 } from '../../support/rollout-events.ts';

const limits = { timeoutMs: 600_000, restoreTimeoutMs: 300_000, signal: new AbortController().signal };
const never = () => new Promise<never>(() => {});

async function run(changes: (ports: RolloutPorts) => Partial<RolloutPorts>, script: Script = calm) {
  const ports = modelPorts(script);
  const verdict = await runRollout(script.plan, { ...ports, ...changes(ports) }, limits);
  const steps = ports.timeline.steps.map(({ name }) => name);
  return { outcome: `${verdict.outcome}/${verdict.reason}`, steps, tookMs: ports.clock.monotonic() };
}

describe('a rollout waits', () => {
  it('at most 30 s for the checks before the change', async () => {
    const { outcome, tookMs } = await run((ports) => ({
      verify: (request, allowance) =>
        request.phase === 'before' ? never() : (ports.verify ?? never)(request, allowance),
    }));
    expect(outcome).toBe('live/verified');
    // Then ship, settle, verify and the three looks.
    expect(tookMs).toBe(30_000 + 6000);
  });

  it('at most 10 s for a ledger that does not answer, as long once more before it ships, and at the end', async () => {
    const { outcome, tookMs } = await run(({ ledger }) => ({
      ledger: { ...ledger, open: never, reopen: () => ({ id: undefined, add: never }) },
    }));
    expect(outcome).toBe('live/verified');
    expect(tookMs).toBe(10_000 + 10_000 + 7000 + 10_000);
  });

  it('at most 10 s to stop what it had under way', async () => {
    const { outcome, tookMs } = await run(() => ({ stop: never }), { ...calm, obtain: 'failed' });
    expect(outcome).toBe('rejected/unhealthy');
    expect(tookMs).toBe(10_000 + 6000);
  });

  it('at most 75 s for the last look, so that a minute of Retry-After is waited for', async () => {
    let looks = 0;
    const { outcome, tookMs } = await run(({ platform, target }) => ({
      platform: {
        ...platform,
        live: () => {
          looks += 1;
          return looks <= 2 ? platform.live(target) : never();
        },
      },
    }));
    expect(outcome).toBe('inconclusive/platform-unreachable');
    expect(tookMs).toBe(6000 + 75_000);
  });

  it('for a look at what serves when a rollback fails, though it keeps no time to go back', async () => {
    const script: Script = { ...calm, plan: takingBack, checks: { ...calm.checks, after: 'fail' } };
    const verdict = await runRollout(takingBack, modelPorts(script), { ...limits, restoreTimeoutMs: 0 });
    expect(verdict).toMatchObject({ outcome: 'stranded', reason: 'restore-failed', serving: 'old' });
  });

  it('for nothing more when the time is up, but looks what serves', async () => {
    const { outcome, steps } = await run(
      ({ clock }) => ({
        obtain: async ({ signal }) => {
          await clock.sleep(1e9, signal).catch(() => {});
          return { release: v3 };
        },
      }),
      { ...calm, plan: { ...staging, checksStaged: false } },
    );
    expect(outcome).toBe('rejected/deploy-timeout');
    expect(steps).toEqual([
      'observe',
      'admit',
      'record',
      'turn',
      'verify before',
      'prepare',
      'turn',
      're-read',
      'ship',
      'observe again',
      'observe again',
    ]);
  });
});

describe('a cancelled rollout', () => {
  it('has ended within 9 s, also when nothing lets itself be cut', async () => {
    const cancel = new AbortController();
    const ports = modelPorts(calm);
    const { clock, ledger } = ports;
    let cancelledAt = 0;
    const obtain = async () => {
      cancelledAt = clock.monotonic();
      cancel.abort(new Error('The job was cancelled.'));
      return never();
    };
    const silent = { ...ledger, open: async () => ({ id: '1', add: never }) };
    const cut = { ...ports, ledger: silent, obtain, stop: never };
    const verdict = await runRollout(calm.plan, cut, { ...limits, signal: cancel.signal });
    expect(verdict).toMatchObject({ outcome: 'cancelled', serving: 'old' });
    expect(clock.monotonic() - cancelledAt).toBeLessThanOrEqual(9000);
  });
});

describe('work that was cut', () => {
  const hanging: Script = { ...calm, obtain: 'hangs' };

  it('counts as a timeout, not as a failure of its own', async () => {
    const { verdict } = await play(hanging);
    expect(verdict).toMatchObject({ outcome: 'rejected', reason: 'deploy-timeout', serving: 'old' });
  });

  it('counts as cancelled, and leaves the release without a judgement', async () => {
    const { verdict, ledger } = await play({ ...hanging, cancelledAt: 3 });
    expect(verdict).toMatchObject({ outcome: 'cancelled', serving: 'old' });
    expect(verdict?.cause).toBeUndefined();
    expect(ledger.story).toEqual(['deploy error: abandoned v2']);
  });
});
