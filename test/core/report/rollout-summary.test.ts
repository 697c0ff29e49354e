import { describe, expect, it } from 'vitest';
import type { Release } from '../../../packages/core/src/platforms/platform.ts';
import {
  type RolloutReport,
  rolloutHeadline,
  rolloutSummary,
  slaWords,
} from '../../../packages/core/src/report/rollout-summary.ts';

const v42: Release = {
  id: 'v42',
  label: 'v42',
  state: 'live',
  created: '2026-11-21T09:00:00Z',
  restorable: 'yes',
};
const report: RolloutReport = {
  action: 'fly-deploy',
  target: { platform: 'fly', id: 'fly:shop', name: 'shop', url: 'https://shop.fly.dev' },
  verdict: {
    outcome: 'restored',
    reason: 'unhealthy',
    serving: 'old',
    previous: v42,
    live: { kind: 'one', release: v42 },
    cause: {
      reason: 'unhealthy',
      what: 'machine a1 said <b>no</b>',
      next: 'Look.',
      evidence: ['check http: critical </pre>'],
    },
    notes: ['secrets stay as they are'],
  },
  timeline: [
    {
      name: 'observe',
      started: '2026-11-21T10:00:00.000Z',
      ended: '2026-11-21T10:00:00.120Z',
      durationMs: 120,
      note: 'v42 | alone',
    },
  ],
  durationMs: 61_000,
};

const inPart = (reason: string) => ({ outcome: 'stranded' as const, reason });

describe('the headline of a rollout', () => {
  const mixed = {
    kind: 'mixed' as const,
    shares: [
      { release: v42, share: 0.5 },
      { release: { ...v42, label: 'v43' }, share: 0.5 },
    ],
  };
  it.each([
    [
      'a cancel before the first look',
      {
        ...report,
        verdict: { outcome: 'cancelled', reason: 'cancelled', serving: 'unknown', notes: [] } as const,
      },
      '⏹️ Cancelled: what fly:shop serves is not known (cancelled/cancelled).',
    ],
    ['a restore', report, '↩️ Taken back: fly:shop serves the old release v42 (restored/unhealthy).'],
    [
      'a rollback that worked',
      { ...report, action: 'rollback' },
      '↩️ Rolled back: fly:shop serves the old release v42 (restored/unhealthy).',
    ],
    [
      'a mix with its shares',
      {
        ...report,
        verdict: {
          ...report.verdict,
          outcome: 'stranded' as const,
          reason: 'restore-failed',
          serving: 'mixed' as const,
          live: mixed,
        },
      },
      '🚨 Failed, and not taken back: fly:shop serves a mix of releases (50 % v42, 50 % v43) (stranded/restore-failed).',
    ],
    [
      'a restore that left something missing',
      { ...report, verdict: { ...report.verdict, ...inPart('incomplete') } },
      '🚨 Taken back, but not whole: fly:shop serves the old release v42 (stranded/incomplete).',
    ],
    [
      'a rollback that left something missing',
      { ...report, action: 'rollback', verdict: { ...report.verdict, ...inPart('incomplete') } },
      '🚨 Rolled back, but not whole: fly:shop serves the old release v42 (stranded/incomplete).',
    ],
    [
      'a rollback beside a machine that nobody manages',
      { ...report, action: 'rollback', verdict: { ...report.verdict, ...inPart('unmanaged-machines') } },
      '🚨 Rolled back, but not alone: fly:shop serves the old release v42 (stranded/unmanaged-machines).',
    ],
  ])('%s', (_name, given, headline) => {
    expect(rolloutHeadline(given)).toBe(headline);
  });
});

describe('a restore that made a new release of the old artifact', () => {
  it('is named after both', () => {
    const artifact = `sha256:${'1'.repeat(64)}`;
    const live = { kind: 'one' as const, release: { ...v42, id: 'v44', label: 'v44', artifact } };
    const verdict = { ...report.verdict, live, previous: { ...v42, artifact } };
    expect(rolloutHeadline({ ...report, verdict })).toBe(
      '↩️ Taken back: fly:shop serves the old release v44 (v42 again) (restored/unhealthy).',
    );
  });
});

describe('the summary of a rollout', () => {
  const markdown = rolloutSummary({
    ...report,
    slaMs: 300_000,
    compareUrl: 'https://github.com/a/b/compare/1...2',
    records: 'signed with `ledger-key`',
    notUndone: ['the database'],
    evidence: ['machine a1: stopped'],
  });
  it('says what happened, why, and what serves', () => {
    expect(markdown).toContain('The platform’s health checks did not pass in time.');
    expect(markdown).toContain('**Cause:** machine a1 said &lt;b&gt;no&lt;/b&gt;');
    expect(markdown).toContain('| SLA | 1m 01s of 5m 00s: met |');
    expect(markdown).toContain('| Records | signed with `ledger-key` |');
    expect(markdown).toContain('- Not undone: the database');
    expect(markdown).toContain('machine a1: stopped');
  });

  it('keeps hostile text inside its cell and its fold', () => {
    expect(markdown).toContain('| observe | 120 ms | v42 \\| alone |');
    expect(markdown).toContain('check http: critical &lt;/pre>');
  });

  it('draws the steps as a Mermaid gantt on one clock', () => {
    expect(markdown).toContain('  observe :s0, 1795255200000, 120ms');
  });
});

describe('the SLA figure', () => {
  it.each([
    ['within', 300_000, '5m 00s of 5m 00s: met'],
    ['beyond', 300_001, '5m 00s of 5m 00s: missed'],
  ])('%s', (_name, ms, words) => {
    expect(slaWords(ms, 300_000)).toBe(words);
  });
});
