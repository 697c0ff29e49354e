import { describe, expect, it } from 'vitest';
import { History } from '../../../packages/core/src/deployment/history.ts';
import { Relations } from '../../../packages/core/src/deployment/relations.ts';
import type { Platform, Relation } from '../../../packages/core/src/platforms/platform.ts';
import { aRelease } from '../../support/a-release.ts';
import { anIntent } from '../../support/ledger-builders.ts';
import { MemoryLedger } from '../../support/model-platforms/memory-ledger.ts';

const never = () => Promise.reject(new Error('not asked'));
const release = aRelease({ id: 'v5' });

/** The adapter says `relation` of v5; `runs` have shipped it, by run and attempt, or brought it back. */
async function related(
  relation: Relation,
  {
    kind = 'deploy',
    runs = [],
  }: { kind?: 'deploy' | 'rollback'; runs?: readonly (readonly [string, number])[] } = {},
) {
  const ledger = new MemoryLedger();
  for (const [run, attempt] of runs) {
    const record = await ledger.open('deploy', anIntent({ run, attempt }));
    await record.add({ kind: 'shipped', release: 'v5', label: 'v5', artifact: null }, 'in_progress');
  }
  const disowned: string[] = [];
  const platform: Platform = {
    live: never,
    inspect: never,
    settle: never,
    activate: never,
    async *releases() {},
    relation: () => relation,
    disown: ({ id }) => disowned.push(id),
  };
  const history = new History(ledger, { environment: 'production', service: 'shop', target: 'fly:shop' });
  const relations = new Relations({ platform, history, kind, context: { runId: '77', runAttempt: 2 } });
  return { relations, history, ledger, platform, disowned };
}

describe('a release', () => {
  it.each([
    ['is this run’s where the adapter is sure', { made: 'yes' }, {}, { mine: true }, []],
    ['is nobody’s we know', { made: 'no' }, {}, { mine: false }, []],
    ['is this run’s where it may be and no record says otherwise', { made: 'maybe' }, {}, { mine: true }, []],
    [
      'is this run’s where its own record names it',
      { made: 'maybe' },
      { runs: [['77', 2]] },
      { mine: true },
      [],
    ],
    [
      'is another’s where that one’s record names it',
      { made: 'maybe' },
      { runs: [['78', 1]] },
      { mine: false },
      ['v5'],
    ],
    [
      'is another’s where an earlier attempt made it',
      { made: 'maybe' },
      { runs: [['77', 1]] },
      { mine: false },
      ['v5'],
    ],
    [
      'is not its change where it only brought it back',
      { made: 'yes', restores: 'v3' },
      {},
      { mine: false, isCopy: true, restores: 'v3' },
      [],
    ],
    [
      'is a rollback’s change where it brought it back',
      { made: 'yes', restores: 'v3' },
      { kind: 'rollback' },
      { mine: true, restores: 'v3' },
      [],
    ],
  ] as const)('%s', async (_, relation, given, expected, disowned) => {
    const asked = await related(relation, given);
    expect(await asked.relations.of(release)).toEqual(expected);
    expect(asked.disowned).toEqual(disowned);
  });

  it.each([
    ['is this run’s where the older one that may be it instead is another’s', [['78', 1]], true],
    ['is not where that one is this run’s', [['77', 2]], false],
    ['is not where nobody says whose that one is', [], false],
  ] as const)('%s', async (_, runs, mine) => {
    const v6 = aRelease({ id: 'v6' });
    const { relations, platform, disowned } = await related({ made: 'maybe' }, { runs });
    platform.relation = ({ id }) =>
      id === 'v6' && disowned.length === 0 ? { made: 'maybe', unless: 'v5' } : { made: 'maybe' };
    expect(await relations.of(v6)).toEqual({ mine });
  });

  it('is a copy of what a record says another run brought back as it', async () => {
    const { relations, ledger } = await related({ made: 'no' });
    const record = await ledger.open('rollback', anIntent({ restores: 'v3', run: '60' }));
    await record.add({ kind: 'activated', release: 'v5' }, 'success');
    expect(await relations.of(release)).toEqual({ mine: false, restores: 'v3' });
  });

  it('is asked of the records again, once they are to be read anew', async () => {
    const { relations, ledger } = await related({ made: 'maybe' });
    expect(await relations.of(release)).toEqual({ mine: true });
    const record = await ledger.open('deploy', anIntent({ run: '78' }));
    await record.add({ kind: 'shipped', release: 'v5', label: 'v5', artifact: null }, 'in_progress');
    relations.renew();
    expect(await relations.of(release)).toEqual({ mine: false });
  });

  it('is pending while the run that made it has not judged it', async () => {
    const { relations, history, ledger } = await related({ made: 'no' }, { runs: [['78', 1]] });
    expect(await relations.isPending(release)).toBe(true);
    await ledger.reopen('1').add({ kind: 'verdict', verdict: 'pass' }, 'success');
    history.renew();
    expect(await relations.isPending(release)).toBe(false);
  });

  it('is not pending where this run made it itself, or nobody did', async () => {
    const own = await related({ made: 'yes' }, { runs: [['77', 2]] });
    expect(await own.relations.isPending(release)).toBe(false);
    expect(await own.relations.isPending(aRelease({ id: 'v9' }))).toBe(false);
  });
});
