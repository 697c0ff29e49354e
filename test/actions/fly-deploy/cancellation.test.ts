import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { images } from '#local-cloud';
import type { RunOptions } from '../../../scripts/stage.ts';
import { recordedDeploys } from '../../support/recorded-deploys.ts';
import { annotations, ended, logOf, shopChecks, shopStage, steps } from '../../support/shop-stage.ts';

const shop = shopStage();

/** Cancels the job at the first line that `isTime` recognises, and again in `post` where `again` says when. */
function cancelAt(isTime: RegExp, occurrence = 1): RunOptions {
  const cancel = new AbortController();
  let left = occurrence;
  return {
    signal: cancel.signal,
    onLine: ({ line }) => {
      if (isTime.test(line)) left -= 1;
      if (left === 0) cancel.abort();
    },
  };
}

const patient = `${shopChecks}  retry: { until: 15s, interval: 200ms }
- name: never
  http: GET /never
  expect: { status: 200 }
  retry: { until: 15s, interval: 200ms }
`;

interface Cut {
  readonly during: string;
  readonly at: RegExp;
  readonly occurrence?: number;
  readonly inputs: Readonly<Record<string, string>>;
  readonly serving: string;
  readonly served: string;
  readonly deploys: number;
}

const cuts: readonly Cut[] = [
  {
    during: 'observe',
    at: /^This may take/,
    inputs: { image: images.v3 },
    serving: '',
    served: '',
    deploys: 0,
  },
  {
    during: 'before',
    at: /^##\[group\]Checks of what is live/,
    inputs: { image: images.v3, checks: patient },
    serving: '',
    served: '',
    deploys: 0,
  },
  {
    during: 'ship early',
    at: /^==> Verifying/,
    inputs: { image: images.v3, checks: patient },
    serving: '',
    served: '',
    deploys: 0,
  },
  {
    during: 'ship',
    at: /^> \[2\/2\] Updating/,
    inputs: { image: images.v3, checks: patient },
    serving: '',
    served: '',
    deploys: 0,
  },
  {
    during: 'settle',
    at: /^ship: v2/,
    inputs: { image: images.v2Broken, strategy: 'immediate' },
    serving: '',
    served: '',
    deploys: 0,
  },
  {
    during: 'verify',
    at: /^##\[group\]Checks of the new/,
    inputs: { image: images.v2Error, checks: patient },
    serving: '',
    served: '',
    deploys: 0,
  },
  {
    during: 'restore',
    at: /^> \[1\/2\] Updating/,
    occurrence: 3,
    inputs: { image: images.v2Error, checks: shopChecks },
    serving: '',
    served: '',
    deploys: 0,
  },
  {
    during: 'verify restored',
    at: /^##\[group\]Checks of the restored/,
    inputs: { image: images.v2Error, checks: shopChecks },
    serving: '',
    served: '',
    deploys: 0,
  },
];

it.each(cuts)('$during', async ({ at, occurrence, inputs }) => {
  const result = await shop.deploy(inputs, cancelAt(at, occurrence));
  const temp = readdirSync(shop.stage.temp, { recursive: true }).filter((f) =>
    String(f).includes('belay-fly'),
  );
  console.log(
    '@@',
    ended(result),
    await shop.served(),
    result.job.conclusion,
    JSON.stringify(annotations(result)),
    steps(result).join(),
    result.main.durationMs,
    result.post?.durationMs,
    JSON.stringify(result.job.orphans),
    JSON.stringify(temp),
    shop.stage.flyctlCalls().filter((c) => c.startsWith('deploy')).length,
    JSON.stringify(await recordedDeploys(shop.stage.cloud)),
    JSON.stringify(result.post?.log.map(({ line }) => line).slice(-6)),
    '',
  );
  void logOf;
  void expect;
});
