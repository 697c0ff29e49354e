import type { Fact, Intent, LedgerRecord } from '../../packages/core/src/ledger/record.ts';
import type { Release } from '../../packages/core/src/platforms/platform.ts';
import { aRelease } from './a-release.ts';
import { anIntent, aRecord } from './ledger-builders.ts';

export const day = 86_400_000;
export const now = Date.UTC(2026, 10, 21);

/** Version n, made n days after 1 November, superseded by the next. */
export function release(n: number, fields: Partial<Release> = {}): Release {
  const created = new Date(Date.UTC(2026, 10, n)).toISOString();
  return aRelease({
    id: `rel_${n}`,
    label: `v${n}`,
    state: 'superseded',
    created,
    commit: commit(n),
    ...fields,
  });
}

export function commit(n: number): string {
  return `${n}`.padStart(2, '0').repeat(20);
}

export type Judged = 'pass' | 'settled' | 'fail' | 'inconclusive' | 'none';

export function deploy(n: number, verdict: Judged, intent: Partial<Intent> = {}): LedgerRecord {
  const created = new Date(Date.UTC(2026, 10, n)).toISOString();
  const facts: Fact[] = [
    { kind: 'shipped', release: `rel_${n}`, label: `v${n}`, artifact: null },
    { kind: 'activated', release: `rel_${n}` },
  ];
  if (verdict !== 'none') facts.push({ kind: 'verdict', verdict });
  return aRecord({ id: String(n), created, intent: anIntent({ commit: commit(n), ...intent }) }, ...facts);
}

export function rollback(n: number, restores: number, replaces: number): LedgerRecord {
  const created = new Date(Date.UTC(2026, 10, n)).toISOString();
  const intent = anIntent({ restores: `rel_${restores}`, replaces: `rel_${replaces}` });
  const facts: Fact[] = [
    { kind: 'activated', release: `rel_${n}` },
    { kind: 'verdict', verdict: 'pass' },
  ];
  return aRecord({ id: String(n), kind: 'rollback', created, intent }, ...facts);
}

/** As Fly tells of it: without a commit. */
export function unlabelled(n: number): Release {
  const { commit: _, ...rest } = release(n);
  return rest;
}

export function failedLater(record: LedgerRecord): LedgerRecord {
  const fact = { kind: 'verdict', verdict: 'fail' } as const;
  return { ...record, facts: [...record.facts, { fact, at: '2026-11-20T00:00:00Z' }] };
}
