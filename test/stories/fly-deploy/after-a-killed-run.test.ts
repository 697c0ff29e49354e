import { describe, expect, it } from 'vitest';
import { demo, fly, images } from '#local-cloud';
import type { LogLine } from '#local-runner';
import type { RunOptions } from '../../../scripts/stage.ts';
import { eventually } from '../../support/eventually.ts';
import { annotations, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

// What a deploy that was killed or cancelled left beside the fleet, and what the next run says and does.

const shop = shopStage();
/** Long enough to be killed in. */
const env = { STAND_IN_BLUEGREEN_PAUSE_MS: '800' };

/** What starts the job's cancel when `said` is printed. */
function cancelledAt(said: string): RunOptions {
  const cancel = new AbortController();
  const onLine = ({ line }: LogLine) => line.includes(said) && cancel.abort();
  return { signal: cancel.signal, onLine, env, github: { run_id: '900', run_attempt: '1' } };
}

/** The machine the job runs on is lost when `said` is printed: nothing is told, and flyctl clears nothing away. */
async function lose(inputs: Readonly<Record<string, string>>, said: string, left: readonly string[]) {
  const { onLine, ...options } = cancelledAt(said);
  const { faults } = shop.stage.cloud;
  const refuse = ({ line }: LogLine) => {
    if (line.includes(said)) faults.add({ route: 'flaps.*', kind: 'reset-before' });
  };
  await shop.deploy(inputs, {
    ...options,
    cutOffMs: 0,
    onLine: (printed) => {
      refuse(printed);
      onLine?.(printed);
    },
  });
  faults.clear();
  await eventually(() => fleet().join() === left.join());
}

const again: RunOptions = { env, github: { run_id: '900', run_attempt: '2' } };

/** The machines that are there: `v2 started cordoned`. */
function fleet(): readonly string[] {
  const app = shop.stage.cloud.service(fly).world.apps.get(demo.fly.app);
  return [...(app?.machines.values() ?? [])]
    .filter(({ state }) => !state.startsWith('destroy'))
    .map(({ config: { metadata = {} }, state, cordoned }) => {
      const marks = [cordoned && 'cordoned', metadata.fly_canary && 'canary'].filter(Boolean);
      return [`v${metadata.fly_release_version}`, state, ...marks].join(' ');
    })
    .sort();
}
const two = (what: string) => [what, what];
const told = (lines: string) => lines.split('\n').filter((line) => /stands beside|left behind/.test(line));

const inTheCanary = 'was created';
const beforeTheSwitch = 'Waiting for all green machines';
const atTheSwitch = 'Waiting before cordoning all blue machines';
const afterTheSwitch = 'Waiting before stopping all blue machines';

interface Killed {
  readonly during: string;
  readonly strategy: string;
  readonly at: string;
  /** Beside each other, once it is dead. */
  readonly left: readonly string[];
  /** What the next run says first of each machine that is to go. */
  readonly says: RegExp;
  readonly destroys: RegExp;
  /** The strategy of the next run. */
  readonly next: string;
}

const killed: readonly Killed[] = [
  {
    during: 'a canary stage',
    strategy: 'canary',
    at: inTheCanary,
    left: [...two('v1 started'), 'v2 started canary'],
    says: /^the canary \w+ of v2 \(started\) stands beside the fleet: no deploy has taken it away$/,
    destroys: /^Destroyed the canary \w+ of v2, which flyctl had left behind\.$/,
    next: 'rolling',
  },
  {
    during: 'a bluegreen deploy, before the switch',
    strategy: 'bluegreen',
    at: beforeTheSwitch,
    left: [...two('v1 started'), ...two('v2 started cordoned')],
    says: /^the green machine \w+ of v2 \(started, cordoned\) stands beside the fleet: no deploy has taken it away$/,
    destroys: /^Destroyed the green machine \w+ of v2, which flyctl had left behind\.$/,
    next: 'immediate',
  },
  {
    during: 'a bluegreen deploy, with both fleets serving',
    strategy: 'bluegreen',
    at: atTheSwitch,
    left: [...two('v1 started'), ...two('v2 started')],
    says: /^the blue machine \w+ of v1 \(started\) stands beside the fleet: no deploy has taken it away$/,
    destroys: /^Destroyed the blue machine \w+ of v1, which flyctl had left behind\.$/,
    next: 'canary',
  },
  {
    during: 'a bluegreen deploy, after the switch',
    strategy: 'bluegreen',
    at: afterTheSwitch,
    left: [...two('v1 started cordoned'), ...two('v2 started')],
    says: /^the blue machine \w+ of v1 \(started, cordoned\) stands beside the fleet: no deploy has taken it away$/,
    destroys: /^Destroyed the blue machine \w+ of v1, which flyctl had left behind\.$/,
    next: 'rolling',
  },
];

describe.each(killed)('a run that was lost in $during', ({ strategy, at, left, says, destroys, next }) => {
  const inputs = { image: images.v3, strategy, checks: shopChecks, timeout: '60s' };
  const extra = left.length - 2;

  it('is told of by a dry run, and by the next deploy, which takes away what it left', {
    timeout: 120_000,
  }, async () => {
    await lose(inputs, at, left);
    const changes = shop.mutations().length;
    const dry = await shop.deploy({ ...inputs, strategy: next, 'dry-run': 'true' }, again);
    const would = logOf(dry).match(/^It would first destroy what a deploy left: .*$/gm) ?? [];
    expect(would.map((line) => line.replace(/^.*left: (.*)\.$/, '$1'))).toEqual(
      Array(extra).fill(expect.stringMatching(says)),
    );
    expect([fleet(), shop.mutations().length]).toEqual([left, changes]);
    const result = await shop.deploy({ ...inputs, strategy: next }, again);
    expect(ended(result), logOf(result)).toBe('live/verified, serving new');
    expect(await shop.served()).toBe('v3');
    expect(fleet()).toEqual(two('v3 started'));
    const lines = told(logOf(result));
    expect(lines.slice(0, extra)).toEqual(Array(extra).fill(expect.stringMatching(says)));
    expect(lines.slice(extra)).toEqual(Array(extra).fill(expect.stringMatching(destroys)));
    expect(annotations(result)).toEqual([]);
  });

  it('leaves nothing behind once it is rolled back', { timeout: 60_000 }, async () => {
    await lose(inputs, at, left);
    const result = await shop.rollback({ to: 'v1', reason: 'the runner was lost', timeout: '60s' }, again);
    expect(result.main.outputs, logOf(result)).toMatchObject({
      reason: expect.stringMatching(/platform-only|already-live/),
      serving: 'old',
    });
    expect(await shop.served()).toBe('v1');
    expect(fleet().map((machine) => machine.replace(/^v\d+/, 'v'))).toEqual(two('v started'));
  });
});

describe('a bluegreen deploy that was cancelled after the switch', () => {
  const inputs = { image: images.v3, strategy: 'bluegreen', checks: shopChecks, timeout: '60s' };

  it('says what it left, and a run that has nothing to ship takes it away', { timeout: 60_000 }, async () => {
    const cancelled = await shop.deploy(inputs, cancelledAt(afterTheSwitch));
    expect(ended(cancelled), logOf(cancelled)).toBe('cancelled/cancelled, serving new');
    expect(fleet()).toEqual([...two('v1 started cordoned'), ...two('v2 started')]);
    const warning =
      /^warning: The blue machine \w+ of v1 \(started, cordoned\) stands beside the fleet: no deploy has taken it away\. The next deploy that may change the machines destroys it; `fly machine list --app shop` shows it\.$/;
    expect(annotations(cancelled).filter((line) => line.startsWith('warning: '))).toEqual(
      two(expect.stringMatching(warning) as unknown as string),
    );
    const result = await shop.deploy(inputs, { ...again, github: { run_id: '901' } });
    expect(ended(result), logOf(result)).toBe('unchanged/already-live, serving new');
    expect(fleet()).toEqual(two('v2 started'));
    expect(annotations(result)).toEqual([]);
  });
});

describe('a canary that takes traffic when its deploy is cancelled', () => {
  it('is told of, and goes with the next deploy', { timeout: 60_000 }, async () => {
    shop.stage.cloud.faults.add({ route: 'flaps.machines.destroy', kind: 'stall', nth: 1 });
    const inputs = { image: images.v3, strategy: 'canary', checks: shopChecks };
    const cancelled = await shop.deploy(inputs, cancelledAt('attempting to destroy'));
    expect(cancelled.main.outputs.outcome, logOf(cancelled)).toBe('cancelled');
    shop.stage.cloud.faults.clear();
    const result = await shop.deploy({ ...inputs, strategy: 'rolling' }, again);
    expect(ended(result), logOf(result)).toBe('live/verified, serving new');
    expect(fleet()).toEqual(two('v3 started'));
  });
});
