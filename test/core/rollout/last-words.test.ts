import { describe, expect, it } from 'vitest';
import type { LedgerState, OpenRecord } from '../../../packages/core/src/ledger/ledger.ts';
import type { Fact } from '../../../packages/core/src/ledger/record.ts';
import { runRollout } from '../../../packages/core/src/rollout/driver.ts';
import { finishRecords } from '../../../packages/core/src/rollout/resume.ts';
import { readSaved } from '../../../packages/core/src/rollout/saved.ts';
import { anIntent } from '../../support/ledger-builders.ts';
import { calm } from '../../support/model-platforms/calm.ts';
import { MemoryLedger } from '../../support/model-platforms/memory-ledger.ts';
import { ModelPlatform } from '../../support/model-platforms/model-platform.ts';
import { modelPorts, timeoutMs } from '../../support/model-platforms/run-model.ts';
import type { Script } from '../../support/model-platforms/script.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const broken: Script = { ...calm, checks: { ...calm.checks, after: 'fail' } };

/** A ledger whose GitHub goes down before a fact of the given kind, and comes back when it is told to. */
class FailingLedger extends MemoryLedger {
  isDown = false;
  readonly #before: Fact['kind'];

  constructor(before: Fact['kind']) {
    super();
    this.#before = before;
  }

  override reopen(id: string): OpenRecord {
    const record = super.reopen(id);
    return {
      id,
      add: async (fact: Fact, state: LedgerState) => {
        this.isDown ||= fact.kind === this.#before;
        return this.isDown ? 'failed' : record.add(fact, state);
      },
    };
  }
}

async function run(script: Script, ledger: MemoryLedger) {
  const clock = new VirtualClock();
  const model = new ModelPlatform(script, clock);
  const log: string[] = [];
  const ports = modelPorts(script, { model, ledger, clock, log });
  const { signal } = new AbortController();
  const verdict = await runRollout(script.plan, ports, { timeoutMs, restoreTimeoutMs: 600_000, signal });
  return { verdict, log, saved: readSaved(model.saved), isClean: model.saved === '' };
}

describe('a rollout that GitHub does not hear the end of', () => {
  it.each<[string, Script, Fact['kind'], string, readonly string[]]>([
    [
      'a deploy that works',
      calm,
      'verdict',
      'live',
      ['deploy success: shipped v3, activated v3, verdict pass'],
    ],
    [
      'a deploy of which GitHub has heard nothing',
      calm,
      'shipped',
      'live',
      ['deploy success: shipped v3, activated v3, verdict pass'],
    ],
    [
      'a deploy that is taken back',
      broken,
      'restoring',
      'restored',
      [
        'deploy failure: shipped v3, activated v3, restoring v2',
        'rollback success: activated v4, verdict pass, restored v4',
      ],
    ],
  ])('ends as it does, and post writes what is missing: %s', async (_, script, kind, outcome, story) => {
    const ledger = new FailingLedger(kind);
    const { verdict, saved, log } = await run(script, ledger);
    expect([verdict.outcome, saved?.ended]).toEqual([outcome, true]);
    expect(log.at(-1)).toMatch(/could not be written\. It is tried once more after the job’s last step\.$/);
    ledger.isDown = false;
    const after = new MemoryLedger();
    after.kept.push(...ledger.kept);
    if (saved !== undefined)
      await finishRecords(saved, { ledger: after, log: () => {}, clock: new VirtualClock() });
    expect(after.story).toEqual(story);
  });

  it('has nothing left for post where everything was written', async () => {
    const { isClean } = await run(broken, new MemoryLedger());
    expect(isClean).toBe(true);
  });
});

it('after a restore one record is active', async () => {
  const ledger = new MemoryLedger();
  const old = await ledger.open('deploy', anIntent());
  await old.add({ kind: 'verdict', verdict: 'pass' }, 'success');
  await run(broken, ledger);
  expect(ledger.kept.map(({ state }) => state)).toEqual(['inactive', 'failure', 'success']);
});
