import { describe, expect, it } from 'vitest';
import { History } from '../../../packages/core/src/deployment/history.ts';
import type { Fact } from '../../../packages/core/src/ledger/record.ts';
import { aRelease } from '../../support/a-release.ts';
import { anIntent } from '../../support/ledger-builders.ts';
import { MemoryLedger } from '../../support/model-platforms/memory-ledger.ts';

const shipped = (release: string): Fact => ({ kind: 'shipped', release, label: release, artifact: null });
const word = (verdict: 'pass' | 'fail'): Fact => ({ kind: 'verdict', verdict });

/** v1 passed, v2 is being judged, v3 passed; the history has been read as far as v3. */
async function opened() {
  const ledger = new MemoryLedger();
  const records = [];
  for (const [release, verdict] of [
    ['v1', 'pass'],
    ['v2', undefined],
    ['v3', 'pass'],
  ] as const) {
    const record = await ledger.open('deploy', anIntent());
    await record.add(shipped(release), 'in_progress');
    if (verdict !== undefined) await record.add(word(verdict), 'success');
    records.push(record);
  }
  const history = new History(ledger, { environment: 'production', service: 'shop', target: 'fly:shop' });
  await history.verdict(aRelease({ id: 'v3' }));
  return { history, ledger, records };
}

describe('a history that is read anew', () => {
  it('knows what has been said since of a record that had ended, and of one behind it that had not', async () => {
    const { history, records } = await opened();
    await records[2]?.add(word('fail'), 'failure');
    await records[1]?.add(word('pass'), 'success');
    history.renew();
    const words = ['v3', 'v2', 'v1'].map((id) => history.verdict(aRelease({ id })));
    expect(await Promise.all(words)).toEqual(['fail', 'pass', 'pass']);
  });

  it('has each record once, newest first, however far it had been read', async () => {
    const { history, ledger } = await opened();
    const record = await ledger.open('deploy', anIntent());
    await record.add(shipped('v4'), 'in_progress');
    history.renew();
    expect((await history.records()).map(({ id }) => id)).toEqual(['4', '3', '2', '1']);
  });

  it('says what was known before where it was not', async () => {
    const { history, records } = await opened();
    await records[2]?.add(word('fail'), 'failure');
    expect(await history.verdict(aRelease({ id: 'v3' }))).toBe('pass');
  });
});
