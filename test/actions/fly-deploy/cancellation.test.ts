import { existsSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type FaultRule, fly, images } from '#local-cloud';
import type { ActionResult, LogLine } from '#local-runner';
import type { RunOptions } from '../../../scripts/stage.ts';
import { bundleProcess, signalTo } from '../../support/bundle-process.ts';
import { eventually } from '../../support/eventually.ts';
import { recordedDeploys } from '../../support/recorded-deploys.ts';
import { annotations, ended, logOf, shopChecks, shopStage, steps } from '../../support/shop-stage.ts';

const shop = shopStage();

/** Cancels the job when `line` is printed for the nth time. What post then starts meets no faults and no leases. */
function cancelAt(line: string, nth = 1): RunOptions & { readonly onLine: (line: LogLine) => void } {
  const cancel = new AbortController();
  let left = nth;
  return {
    signal: cancel.signal,
    onLine: (printed) => {
      if (printed.line.startsWith(line)) left -= 1;
      if (left === 0) cancel.abort();
      if (cancel.signal.aborted && printed.line === restoring) endTroubles();
    },
  };
}

const restoring = '==> Building image';

/** A flyctl that was cut leaves its leases to run out, which takes 13 s. */
function endTroubles(): void {
  shop.stage.cloud.faults.clear();
  for (const app of shop.stage.cloud.service(fly).world.apps.values()) {
    for (const { lease } of app.machines.values()) {
      const held = lease.current();
      if (held !== undefined) lease.release(held.nonce);
    }
  }
}

/** Whatever was cut: the step is red, nothing of ours is left, and the next thing to do is said. */
async function expectCut(result: ActionResult, end: string | RegExp, versions: string): Promise<void> {
  expect(ended(result)).toMatch(end);
  expect(result.job.conclusion).toBe('cancelled');
  await eventually(async () => (await shop.served()) === versions);
  expect(result.job.orphans).toEqual([]);
  expect(
    readdirSync(shop.stage.temp, { recursive: true }).filter((name) => /belay-fly/.test(String(name))),
  ).toEqual([]);
  const [said = '', byRunner] = annotations(result).filter((line) => line.startsWith('error: '));
  expect(said).toMatch(/^error: cancelled: .* Next: See what serves now, then run the job again\.$/);
  expect(byRunner).toBe('error: The operation was canceled.');
}

/** The facts of each record, without states and artifacts. */
async function facts(): Promise<readonly (readonly string[])[]> {
  const records = await recordedDeploys(shop.stage.cloud);
  return records.map(({ statuses }) => statuses.map((status) => status.replace(/ sha256:\w+$/, '')));
}

const deploysBegun = () => shop.stage.flyctlCalls().filter((call) => call.startsWith('deploy ')).length;

/** Never passes, and is asked for long enough to be cut. */
const patient = `${shopChecks}- name: never
  http: GET /never
  expect: { status: 200 }
  retry: { until: 15s, interval: 200ms }
`;

interface Cut {
  readonly during: string;
  readonly at: string;
  readonly fault?: FaultRule;
  readonly inputs: Readonly<Record<string, string>>;
  readonly end: string | RegExp;
  readonly served: string;
  readonly deploys: number;
  readonly facts: readonly (readonly string[])[];
  readonly warned?: string;
}

const old = 'cancelled/cancelled, serving old';
/** It had traffic when the job was cancelled, though it never settled. */
const servedThen = [
  'in_progress: belay/1 shipped v2 v2',
  'in_progress: belay/1 activated v2',
  'error: belay/1 verdict inconclusive',
];
const cuts: readonly Cut[] = [
  {
    during: 'observe',
    at: 'This may take',
    fault: { route: 'flaps.machines.list', kind: 'delay', ms: 500 },
    inputs: { image: images.v3 },
    // The look that is under way may still end.
    end: /^cancelled\/cancelled, serving (old|unknown)$/,
    served: 'v1',
    deploys: 0,
    facts: [],
  },
  {
    during: 'the checks before',
    at: '##[group]Checks of what is live now',
    fault: { route: 'app', kind: 'delay', ms: 3_000 },
    inputs: { image: images.v3, checks: shopChecks },
    end: old,
    served: 'v1',
    deploys: 0,
    facts: [['error: belay/1 abandoned v1']],
  },
  {
    during: 'the wait for its turn',
    at: 'prepare:',
    inputs: { image: images.v3 },
    end: old,
    served: 'v1',
    deploys: 0,
    facts: [['error: belay/1 abandoned v1']],
  },
  {
    during: 'the staging of secrets',
    at: 'Staging the secrets API_KEY.',
    fault: { route: 'flaps.secrets.set', kind: 'delay', ms: 2_000 },
    inputs: { image: images.v3, secrets: 'API_KEY=hush-new' },
    end: old,
    served: 'v1',
    deploys: 0,
    facts: [['error: belay/1 abandoned v1']],
    warned: 'The secret API_KEY may be staged',
  },
  {
    during: 'ship, before a machine was touched',
    at: '==> Verifying app config',
    inputs: { image: images.v3 },
    end: old,
    served: 'v1',
    deploys: 1,
    facts: [['error: belay/1 abandoned v1']],
  },
  {
    during: 'ship, half way',
    at: '> [1/2] Machine',
    fault: { route: 'flaps.machines.update', kind: 'stall', nth: 2 },
    inputs: { image: images.v3 },
    end: 'cancelled/cancelled, serving mixed',
    served: 'v1 v3',
    deploys: 1,
    facts: [servedThen],
  },
  {
    // flyctl is gone by then: two looks that are alike tell what it had asked for.
    during: 'ship, while Fly goes on with what flyctl had asked for',
    at: "Updating existing machines in 'shop'",
    fault: { route: 'flaps.machines.update', kind: 'delay', ms: 500, accepted: true, nth: 1 },
    inputs: { image: images.v3 },
    end: 'cancelled/cancelled, serving mixed',
    served: 'v1 v3',
    deploys: 1,
    facts: [servedThen],
  },
  {
    during: 'settle',
    at: 'ship: v2',
    inputs: { image: images.v2Broken, strategy: 'immediate' },
    end: 'cancelled/cancelled, serving new',
    served: 'nothing',
    deploys: 1,
    facts: [servedThen],
  },
  {
    during: 'verify',
    at: '##[group]Checks of the new release',
    inputs: { image: images.v2Error, checks: patient },
    end: 'cancelled/cancelled, serving new',
    served: 'v2',
    deploys: 1,
    facts: [
      [
        'in_progress: belay/1 shipped v2 v2',
        'in_progress: belay/1 activated v2',
        'error: belay/1 verdict inconclusive',
      ],
    ],
  },
];

it.each(cuts)('a cancel during $during switches nothing, and says what serves', async (cut) => {
  if (cut.fault !== undefined) shop.stage.cloud.faults.add(cut.fault);
  const result = await shop.deploy(cut.inputs, cancelAt(cut.at));
  await expectCut(result, cut.end, cut.served);
  expect(deploysBegun()).toBe(cut.deploys);
  expect(await facts()).toEqual(cut.facts);
  expect(annotations(result).join('\n')).toContain(cut.warned ?? '');
});

const failedFirst = [
  'in_progress: belay/1 shipped v2 v2',
  'in_progress: belay/1 activated v2',
  'failure: belay/1 restoring v1',
];

/** Of the restore: the deploy's own two updates come first. */
const stuckSecondMachine: FaultRule = {
  route: 'flaps.machines.update',
  nth: 4,
  kind: 'stall',
};

it('a cancel in the middle of a restore leaves it to post, which finishes it', async () => {
  shop.stage.cloud.faults.add(stuckSecondMachine);
  const result = await shop.deploy(
    { image: images.v2Error, checks: shopChecks },
    cancelAt('> [1/2] Machine', 2),
  );
  await expectCut(result, 'cancelled/cancelled, serving mixed', 'v1');
  expect(result.post?.log.at(-1)?.line).toMatch(
    /^##\[notice\]The job was cancelled\. The restore of v1, which was cut, is finished\. Its records are ended\. fly:shop serves v\d \(v1 again\)\. Next: /,
  );
  expect(await facts()).toEqual([
    failedFirst,
    ['in_progress: belay/1 activated v4', 'success: belay/1 verdict pass', 'success: belay/1 restored v4'],
  ]);
});

it('a cancel in the middle of a restore ends its records where Fly is down in post', async () => {
  shop.stage.cloud.faults.add(stuckSecondMachine);
  const { signal, onLine } = cancelAt('> [1/2] Machine', 2);
  const result = await shop.deploy(
    { image: images.v2Error, checks: shopChecks },
    {
      ...(signal === undefined ? {} : { signal }),
      onLine: (printed) => {
        onLine(printed);
        // The last look of main.
        if (printed.line === 'confirm: v3 and v2 serve')
          shop.stage.cloud.faults.add({ route: 'graphql.app.releases', kind: 'status', status: 503 });
      },
    },
  );
  expect(ended(result)).toBe('cancelled/cancelled, serving mixed');
  expect(result.post?.log.slice(-3).map(({ line }) => line)).toEqual([
    'Nobody can see what serves: the records of this rollout are ended without a word on it.',
    'The restore of v1 was cut and could not be finished. Finish it with the rollback action, `to: v1` and a `reason`.',
    '##[warning]The job was cancelled. The restore of v1 was cut and could not be finished. What fly:shop serves is not known: POST https://api.fly.io/graphql → 503 Service Unavailable. Next: Finish it with the rollback action, `to: v1` and a `reason`.',
  ]);
  expect(await facts()).toEqual([
    [...failedFirst, 'error: belay/1 abandoned unknown'],
    ['error: belay/1 abandoned unknown'],
  ]);
});

it('a cancel while the restored release is verified leaves only that to post', async () => {
  shop.stage.cloud.faults.add({ route: 'app', kind: 'delay', ms: 3_000, nth: 5 });
  const result = await shop.deploy(
    { image: images.v2Error, checks: shopChecks },
    cancelAt('##[group]Checks of the restored release'),
  );
  await expectCut(result, 'cancelled/cancelled, serving old', 'v1');
  expect(steps(result).at(-2)).toBe('verify restored');
  expect(deploysBegun()).toBe(2);
  expect(await facts()).toEqual([
    failedFirst,
    ['in_progress: belay/1 activated v3', 'success: belay/1 verdict pass', 'success: belay/1 restored v3'],
  ]);
});

it.skipIf(!existsSync('/proc'))(
  'a second cancel, in post, leaves a restore cut: what serves and how to finish it is said',
  async () => {
    shop.stage.cloud.faults.add(stuckSecondMachine);
    const { signal, onLine } = cancelAt('> [1/2] Machine', 2);
    const result = await shop.deploy(
      { image: images.v2Error, checks: shopChecks },
      {
        ...(signal === undefined ? {} : { signal }),
        onLine: (printed) => {
          if (signal?.aborted && printed.line === restoring)
            signalTo(bundleProcess('post.js', shop.stage.temp), 'SIGINT');
          onLine(printed);
        },
      },
    );
    await expectCut(result, 'cancelled/cancelled, serving mixed', 'v1 v2');
    expect(logOf(result)).toContain(
      'The restore of v1 was cut and could not be finished: v3 and v2 serve. ' +
        'Finish it with the rollback action, `to: v1` and a `reason`.',
    );
    // Nobody goes on from here: both records have come to their end.
    expect(await facts()).toEqual([
      [...failedFirst, 'error: belay/1 restoring v1'],
      ['error: belay/1 abandoned v3%20and%20v2'],
    ]);
  },
);

it.skipIf(!existsSync('/proc'))(
  'a second cancel, while post waits for a Fly that does not answer, ends the records and leaves no folder',
  { timeout: 60_000 },
  async () => {
    shop.stage.cloud.faults.add(stuckSecondMachine);
    const { signal, onLine } = cancelAt('> [1/2] Machine', 2);
    const result = await shop.deploy(
      { image: images.v2Error, checks: shopChecks },
      {
        ...(signal === undefined ? {} : { signal }),
        onLine: (printed) => {
          onLine(printed);
          // The last look of main.
          if (printed.line === 'confirm: v3 and v2 serve')
            shop.stage.cloud.faults.add({ route: 'graphql.app.releases', kind: 'stall' });
          if (/^flyctl .*, as the step has had it: /.test(printed.line))
            setTimeout(() => signalTo(bundleProcess('post.js', shop.stage.temp), 'SIGINT'), 1_000);
        },
      },
    );
    expect(ended(result)).toBe('cancelled/cancelled, serving mixed');
    expect(
      readdirSync(shop.stage.temp, { recursive: true }).filter((name) => /belay-fly/.test(String(name))),
    ).toEqual([]);
    expect(result.post?.log.map(({ line }) => line)).toContain(
      'The restore of v1 was cut and could not be finished. Finish it with the rollback action, `to: v1` and a `reason`.',
    );
    expect(await facts()).toEqual([
      [...failedFirst, 'error: belay/1 abandoned unknown'],
      ['error: belay/1 abandoned unknown'],
    ]);
  },
);

it.each([
  ['at once', 0],
  ['when GitHub takes two seconds for its record', 2_000],
])(
  'a cancel just as a restore begins leaves one record of it, which post brings to its end: %s',
  { timeout: 60_000 },
  async (_, ms) => {
    if (ms > 0) shop.stage.cloud.faults.add({ route: 'deployments.create', kind: 'delay', ms, nth: 2 });
    const result = await shop.deploy(
      { image: images.v2Error, checks: shopChecks },
      cancelAt('choose restore:'),
    );
    expect(result.job.conclusion).toBe('cancelled');
    await eventually(async () => (await shop.served()) === 'v1');
    const [change, ...restores] = await facts();
    expect(change).toEqual(failedFirst);
    expect(restores).toEqual([
      [
        expect.stringMatching(/^in_progress: belay\/1 activated v\d$/),
        'success: belay/1 verdict pass',
        expect.stringMatching(/^success: belay\/1 restored v\d$/),
      ],
    ]);
  },
);
