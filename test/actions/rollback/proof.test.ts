import { expect, it } from 'vitest';
import { commits, demo } from '#local-cloud';
import { pastDeploys } from '../../support/past-deploys.ts';
import { recordedDeploys } from '../../support/recorded-deploys.ts';
import { annotations, ended, logOf, shopChecks, shopStage, steps } from '../../support/shop-stage.ts';
import { someoneElseDeploys } from '../../support/someone-else.ts';

const shop = shopStage();
const good = { version: 'a', verdict: 'pass' } as const;
const bad = { version: 'bad', verdict: 'pass', commit: commits.v3 } as const;

it('is told whole in the summary: what it went to and why, how long it took, and what it did not undo', async () => {
  await pastDeploys(shop.stage.cloud, [good, bad]);
  const result = await shop.rollback({ checks: shopChecks, reason: 'prices are wrong', sla: '5m' });
  const { summary } = result.job;
  expect(summary).toContain('## ↩️ Rolled back: fly:shop serves v4 (v2 again) (restored/verified).');
  expect(summary).toContain('| Why | prices are wrong |');
  expect(summary).toMatch(/^\| Took \| [\d.]+ m?s of 5m 00s: met \|$/m);
  expect(summary).toMatch(/^\| `v2` \| \S+ \| pass \| taken \|$/m);
  expect(summary).toContain('- Not undone: secrets: their current values stay');
  expect(summary).toMatch(/^```mermaid$/m);
  expect(steps(result)).toEqual([
    ...['observe', 'admit', 'record', 'verify before', 'choose', 're-read', 'activate'],
    ...['settle', 'verify', 'confirm'],
  ]);
  const record = (await recordedDeploys(shop.stage.cloud)).at(-1);
  expect(record).toMatchObject({
    task: 'belay:rollback',
    payload: {
      restores: 'v2',
      replaces: 'v3',
      previous: 'v3',
      commit: commits.v1,
      reason: 'prices are wrong',
    },
    statuses: [
      'in_progress: belay/1 activated v4',
      'success: belay/1 verdict pass',
      'success: belay/1 restored v4',
    ],
  });
});

it('is stranded when what it brought back fails too: it never goes forward again by itself', async () => {
  await pastDeploys(shop.stage.cloud, [{ ...good, homeStatus: 500 }, bad]);
  const result = await shop.rollback({ checks: shopChecks });
  expect(ended(result)).toBe('stranded/restore-failed, serving old');
  expect(await shop.served()).toBe('a');
  expect(shop.stage.flyctlCalls().filter((call) => call.startsWith('deploy'))).toHaveLength(1);
});

it('leaves alone what someone else makes live while it looks', async () => {
  await pastDeploys(shop.stage.cloud, [good, bad]);
  const result = await shop.rollback(
    { checks: shopChecks },
    {
      onLine: ({ line }) => {
        if (line === '##[group]Checks of what is live now') {
          someoneElseDeploys(shop.stage.cloud, 'registry.fly.io/shop:v3');
        }
      },
    },
  );
  expect(ended(result)).toBe('stranded/superseded, serving unknown');
  expect(shop.stage.flyctlCalls().filter((call) => call.startsWith('deploy'))).toEqual([]);
});

it('shows its token to Fly alone: not to argv, the log, the summary or the outputs', async () => {
  await pastDeploys(shop.stage.cloud, [good, bad]);
  const result = await shop.rollback({ checks: shopChecks });
  expect(shop.stage.flyctlCalls().filter((call) => call.startsWith('deploy'))).toHaveLength(1);
  const told = [
    logOf(result),
    result.job.summary,
    JSON.stringify(result.main.outputs),
    shop.stage.flyctlCalls(),
  ];
  expect(told.join('\n')).not.toContain(demo.fly.token);
  expect(result.job.masks).toContain(demo.fly.token);
  const requests = shop.stage.cloud.journal.entries().map(({ path, body }) => `${path} ${body}`);
  expect(requests.filter((request) => request.includes(demo.fly.token))).toEqual([]);
  expect(annotations(result)).toEqual([]);
});
