import { describe, expect, it } from 'vitest';
import { ActionFailure } from '../../../../../packages/core/src/outcome/failure.ts';
import type { InstanceHealth } from '../../../../../packages/core/src/platforms/platform.ts';
import { check } from '../../../checks/loopback.ts';

function machine(
  instance: string,
  healthy: InstanceHealth['healthy'],
  note: string,
  more: Partial<InstanceHealth> = {},
): InstanceHealth {
  return { instance, healthy, note, atRest: false, checks: 1, ...more };
}

const good = machine('m1', true, 'started, 1 of 1 checks passing');
const bad = machine('m2', false, 'http is critical');
const young = machine('m3', 'unknown', 'no check has reported yet');
const lost = machine('m5', 'unknown', 'its host is unreachable', { outOfSight: true });
const standby = machine('m6', true, 'a standby, stopped until the host of another is lost', {
  atRest: true,
  standby: true,
});
const asleep = machine('m4', true, 'stopped on purpose', { atRest: true });

async function judged(written: string, evidence: readonly InstanceHealth[]) {
  const report = await check(`- name: worker\n  fly-machines: ${written}`, {
    platformHealth: async () => evidence,
  });
  const attempt = report.results[0]?.attempts[0];
  return {
    outcome: report.outcome,
    said: attempt?.summary,
    failures: attempt?.failures.map(({ read, expected, actual }) => `${read}: ${expected}: ${actual}`),
  };
}

describe('a fly-machines check', () => {
  it.each<[string, string, readonly InstanceHealth[], string, readonly string[]]>([
    ['passes when every started machine is healthy', 'true', [good, asleep], '1 of 1 healthy', []],
    [
      'fails when one is not',
      'true',
      [good, bad],
      '1 of 2 healthy',
      ['failing: is empty: ["m2: http is critical"]'],
    ],
    [
      'fails while one has not reported',
      'true',
      [young],
      '0 of 1 healthy',
      ['failing: is empty: ["m3: no check has reported yet"]'],
    ],
    ['leaves out what is on a lost host', 'true', [good, lost], '1 of 1 healthy', []],
    ['fails when none is there', 'true', [], '0 of 0 healthy', ['machines: at least 1: 0']],
    ['fails when all are stopped', 'true', [asleep], '0 of 0 healthy', ['machines: at least 1: 0']],
    ['takes a share of healthy ones', '{ passing: { gte: 50% } }', [good, bad], '1 of 2 healthy', []],
    [
      'wants that share',
      '{ passing: { gt: 50% } }',
      [good, bad],
      '1 of 2 healthy',
      ['passing: greater than 0.5: 0.5'],
    ],
    [
      'has no share without machines',
      '{ passing: 100%, machines: 0 }',
      [asleep],
      '0 of 0 healthy',
      ['passing: equals 1: no started machine'],
    ],
    [
      'wants as many as are named',
      '{ machines: { gte: 2 }, stopped: 1 }',
      [good, asleep],
      '1 of 1 healthy',
      ['machines: at least 2: 1'],
    ],
    [
      'says of a worker’s standby that it is none of the machines that are counted',
      '{ machines: { gte: 2 }, passing: 100% }',
      [good, standby],
      '1 of 1 healthy (1 more is a standby, which runs when a host is lost: `machines` counts what runs)',
      ['machines: at least 2: 1'],
    ],
    [
      'passes for a worker beside its standby',
      '{ machines: { gte: 1 }, passing: 100%, stopped: 1 }',
      [good, standby],
      '1 of 1 healthy (1 more is a standby, which runs when a host is lost: `machines` counts what runs)',
      [],
    ],
  ])('%s', async (_, written, evidence, said, failures) => {
    const outcome = failures.length === 0 ? 'pass' : 'fail';
    expect(await judged(written, evidence)).toEqual({ outcome, said: `fly machines → ${said}`, failures });
  });

  it('keeps what Fly said of each machine', async () => {
    const report = await check('- name: worker\n  fly-machines: true', {
      platformHealth: async () => [good, bad, asleep],
    });
    expect(report.results[0]?.attempts[0]?.notes).toEqual([
      'm1: started, 1 of 1 checks passing',
      'm2: http is critical',
      'm4: stopped on purpose',
    ]);
  });

  it('ends in error when no machine has a health check: nothing vouches for it', async () => {
    expect(
      await judged('true', [machine('m1', true, 'started, 0 of 0 checks passing', { checks: 0 })]),
    ).toMatchObject({
      outcome: 'error',
      failures: ['fly machines: health checks: no started machine has one: add `[checks]` to fly.toml'],
    });
  });

  it('is inconclusive while every machine is on a lost host', async () => {
    expect(await judged('{ machines: { gte: 0 } }', [lost])).toEqual({
      outcome: 'inconclusive',
      said: 'fly machines → 0 of 0 healthy',
      failures: ['fly machines: at least one in sight: no host answers'],
    });
  });

  it('ends in error when there is nobody to ask', async () => {
    const report = await check('- name: worker\n  fly-machines: true');
    expect([report.outcome, report.results[0]?.attempts[0]?.failures[0]?.actual]).toEqual([
      'error',
      'nobody to ask: pass `fly-token` and `fly-app`',
    ]);
  });

  it.each<[string, () => Promise<readonly InstanceHealth[]>, string]>([
    ['answers with an error', () => Promise.reject(new Error('503')), '503'],
    ['never answers', () => new Promise(() => {}), 'no answer within 50 ms'],
  ])('is inconclusive when Fly %s: that says nothing of the app', async (_, platformHealth, actual) => {
    const report = await check('- name: worker\n  fly-machines: true\n  timeout: 50ms', { platformHealth });
    const { outcome, reason, results } = report;
    expect([outcome, reason, results[0]?.attempts[0]?.failures[0]?.actual]).toEqual([
      'inconclusive',
      'platform-unreachable',
      actual,
    ]);
  });

  it('ends in error when Fly refuses to tell', async () => {
    const platformHealth = () =>
      Promise.reject(
        new ActionFailure({ code: 'token-rejected', what: 'Fly refused the token', next: 'Make a new one' }),
      );
    const report = await check('- name: worker\n  fly-machines: true', { platformHealth });
    expect([report.outcome, report.results[0]?.attempts[0]?.failures[0]?.actual]).toEqual([
      'error',
      'Fly refused the token. Make a new one',
    ]);
  });

  it.each<[string, string, string]>([
    ['a number', '2', '`fly-machines` must be true or a mapping such as { machines: { gte: 1 } }, not 2.'],
    ['an unknown source', '{ machine: 2 }', 'Unknown key `machine` in `expect`. Did you mean `machines`?'],
    [
      'a share without a percent sign',
      '{ passing: 1 }',
      '`passing` must be a percentage such as 10%, not 1.',
    ],
  ])('refuses %s', async (_, written, message) => {
    await expect(judged(written, [])).rejects.toMatchObject({ details: [expect.stringContaining(message)] });
  });
});
