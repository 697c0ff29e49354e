import { beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../../packages/core/src/ledger/ledger.ts';
import { turnOf } from '../../../packages/core/src/ledger/turn.ts';
import { verdictOf } from '../../../packages/core/src/ledger/verdict.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import {
  anybody,
  clock,
  copy,
  copyFacts,
  deploy,
  deployments,
  failed,
  github,
  http,
  idsOf,
  judge,
  key,
  ledgerWith,
  newKey,
  read,
  target,
  token,
  untold,
  warnings,
} from '../../support/forgers.ts';
import { ask } from '../../support/github-client.ts';
import { anIntent } from '../../support/ledger-builders.ts';

const [c0 = '', c1 = '', c2 = '', c3 = ''] = demoCommits;

describe('a rollback by signed records', () => {
  let ours: Ledger;
  let good: string;
  let broken: string;

  beforeEach(async () => {
    ours = ledgerWith(key);
    good = await deploy(ours, 'v1', { verdict: 'pass', commit: c1 });
    broken = await deploy(ours, 'v2', { verdict: 'fail', commit: c2 });
    await deploy(ours, 'v3', { verdict: 'fail', commit: c3 });
  });

  it('goes to the last verified one, and has nothing to say of anybody', async () => {
    expect(await target(ledgerWith(key))).toEqual({
      takes: 'v1',
      told: [
        ['v2', failed],
        ['v1', undefined],
      ],
      warned: [],
    });
    expect(warnings).toEqual([]);
  });

  it.each([
    [
      'a forged pass on the broken one',
      () => judge(anybody(), broken, 'pass'),
      [
        ['v2', `${failed}; its verdict \`pass\` is not signed with \`ledger-key\``],
        ['v1', undefined],
      ],
      [],
    ],
    [
      'a pass that somebody signed with a key of their own',
      () => judge(ledgerWith('a key of somebody else'), broken, 'pass'),
      [
        ['v2', `${failed}; its verdict \`pass\` is signed with another key, or for another record`],
        ['v1', undefined],
      ],
      [],
    ],
    [
      'the facts of the good one, copied to the broken one',
      () => copyFacts(good, broken),
      [
        ['v2', `${failed}; its verdict \`pass\` is signed with another key, or for another record`],
        ['v1', undefined],
      ],
      [],
    ],
    [
      'a forged fail on the only good one',
      () => judge(anybody(), good, 'fail'),
      [
        ['v2', failed],
        ['v1', undefined],
      ],
      ['v1: its verdict `fail` is not signed with `ledger-key`, and takes nothing away.'],
    ],
    [
      'a whole forged record that says the broken one is good',
      () => deploy(anybody(), 'v2', { verdict: 'pass' }),
      [
        ['v2', `${failed}; its verdict \`pass\` is not signed with \`ledger-key\``],
        ['v1', undefined],
      ],
      [],
    ],
    [
      'a forged record of a release that nobody else knows',
      () => deploy(anybody(), 'v7', { verdict: 'pass' }),
      [
        ['v7', 'its verdict `pass` is not signed with `ledger-key`'],
        ['v2', failed],
        ['v1', undefined],
      ],
      [],
    ],
    [
      'a forged rollback that takes the good one back',
      async () => {
        const forged = anIntent({ restores: 'v2', replaces: 'v1' });
        const { id = '' } = await anybody().open('rollback', forged, '');
        await judge(anybody(), id, 'pass');
      },
      [
        ['v2', `${failed}; its verdict \`pass\` is not signed with \`ledger-key\``],
        ['v1', undefined],
      ],
      [],
    ],
    [
      'a copy of the good one’s record, facts and all',
      () => copy(good, { facts: good }),
      [
        ['v2', failed],
        ['v1', undefined],
      ],
      [],
    ],
    [
      'a copy of the broken one’s record, with the facts of the good one',
      () => copy(broken, { facts: good }),
      [
        ['v2', failed],
        ['v1', undefined],
      ],
      [],
    ],
  ] as const)('is not led astray by %s', async (_, forge, told, warned) => {
    await forge();
    expect(await target(ledgerWith(key))).toEqual({ takes: 'v1', told, warned });
  });

  it('is led astray where there is no key: then facts count as they stand', async () => {
    await judge(anybody(), broken, 'pass');
    expect(await target(anybody())).toMatchObject({ takes: 'v2' });
  });

  it('finds nothing where only what is not signed speaks for a release, and names it', async () => {
    const strict = ledgerWith('a key that nobody had before');
    expect(await target(strict)).toEqual({
      takes: undefined,
      told: [['v1', 'its verdict `pass` is signed with another key, or for another record']],
      warned: [],
    });
    const ids = idsOf(await read(anybody())).map((id) => `${id} (wrong)`);
    expect(warnings).toEqual([
      `3 deployment records decide nothing, since \`ledger-key\` does not prove who wrote them: ${ids.join(', ')}. ${untold} Where the rest is yours, give every deploy, rollback and smoke test of this service the same \`ledger-key\`; where it is not, see who may write deployments.`,
    ]);
  });

  it('takes what the key before it had signed, and once that is gone no more', async () => {
    expect(await target(ledgerWith(newKey, key))).toMatchObject({ takes: 'v1' });
    expect(await target(ledgerWith(newKey))).toMatchObject({ takes: undefined });
  });

  it('is told once of facts that are not proven, by the record they stand in', async () => {
    await judge(anybody(), good, 'fail');
    await judge(anybody(), broken, 'pass');
    const ledger = ledgerWith(key);
    await read(ledger);
    await read(ledger);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(
      `The record ${broken} holds what decides nothing, since \`ledger-key\` does not prove who wrote it: verdict pass (unsigned).`,
    );
  });

  it('reads the same by REST', async () => {
    await judge(anybody(), broken, 'pass');
    github.switches.graphql = 'refused';
    const records = await read(ledgerWith(key));
    expect([verdictOf(records, 'v2'), verdictOf(records, 'v1')]).toEqual(['fail', 'pass']);
  });
});

describe('a copy of a signed intent', () => {
  const told = (ledger: Ledger) => ledger.doubted.map(({ id, doubt }) => [id, doubt]);

  it('is no record where the one it copies has facts', async () => {
    const original = await deploy(ledgerWith(key), 'v1', { verdict: 'pass' });
    const copied = await copy(original);
    const ledger = ledgerWith(key);
    expect(idsOf(await read(ledger))).toEqual([original]);
    expect(told(ledger)).toEqual([[copied, 'copied']]);
    expect(warnings[0]).toContain(
      `1 deployment record decides nothing, since \`ledger-key\` does not prove who wrote it: ${copied} (copied).`,
    );
  });

  it('is no record where the one it copies has no facts yet: the oldest counts', async () => {
    const { id: original = '' } = await ledgerWith(key).open('deploy', anIntent({ commit: c0 }), '');
    const copied = await copy(original);
    const ledger = ledgerWith(key);
    expect(idsOf(await read(ledger))).toEqual([original]);
    expect(told(ledger)).toEqual([[copied, 'copied']]);
  });

  it('says nothing of a rollback that is long over', async () => {
    const ours = ledgerWith(key);
    await deploy(ours, 'v1', { verdict: 'pass' });
    const { id = '' } = await ours.open('rollback', anIntent({ restores: 'v1', replaces: 'v2' }), '');
    await ours.reopen(id).add({ kind: 'activated', release: 'v3' }, 'in_progress');
    await judge(ours, id, 'pass');
    await copy(id, { task: 'belay:rollback' });
    expect(idsOf(await read(ledgerWith(key)))).toHaveLength(2);
  });

  it('holds no turn, however far back the one it copies is', async () => {
    const ours = ledgerWith(key);
    const original = await deploy(ours, 'v1', { verdict: 'pass', intent: { budgetMs: 1_800_000 } });
    for (let at = 0; at < 120; at += 1)
      await ours.open('deploy', anIntent({ commit: c0, service: 'api' }), '');
    await copy(original);
    const { id: own = '' } = await ours.open('deploy', anIntent({ commit: c0 }), '');
    const records = await read(ledgerWith(key));
    expect(idsOf(records)).toEqual([own, original]);
    expect(turnOf({ records, own, now: Date.now(), over: new Set() })).toMatchObject({ kind: 'own' });
  });

  it('is known by what was written since where the one it copies was taken away', async () => {
    const ours = ledgerWith(key);
    await deploy(ours, 'v1', { verdict: 'pass' });
    await read(ours);
    const { id: original = '' } = await ours.open('rollback', anIntent({ restores: 'v1' }), '');
    const later = await deploy(ours, 'v2', { verdict: 'pass' });
    clock.advance(25 * 60 * 60_000);
    const copied = await copy(original, { task: 'belay:rollback' });
    const gone = { state: 'inactive', environment: 'elsewhere' };
    await ask(github, `POST ${deployments}/${original}/statuses`, { token, body: gone });
    const ledger = ledgerWith(key);
    expect(idsOf(await read(ledger))[0]).toBe(later);
    expect(told(ledger)).toEqual([[copied, 'copied']]);
  });

  it('is not looked for beyond what was there before the first: an honest record costs no call', async () => {
    const ours = ledgerWith(key);
    for (let at = 0; at < 210; at += 1) await ours.open('deploy', anIntent({ commit: c0 }), '');
    const writer = ledgerWith(key);
    for await (const _ of writer.records('production', 'shop')) break;
    await writer.open('deploy', anIntent({ commit: c0 }), '');
    http.calls.length = 0;
    for await (const _ of ledgerWith(key).records('production', 'shop')) break;
    expect(http.calls).toEqual(['graphql.deployments']);
  });

  it('leaves both of two records of one lost answer to who has no key, and one to who has', async () => {
    const ours = ledgerWith(key);
    const intent = anIntent({ commit: c0, nonce: 'abcdefgh' });
    const first = await ours.open('deploy', intent, '');
    const second = await copy(first.id ?? '');
    await judge(ours, second, 'pass');
    expect(idsOf(await read(ledgerWith(key)))).toEqual([second]);
    expect(idsOf(await read(anybody()))).toEqual([second, first.id]);
  });

  it('does not make a run wait for itself: what it wrote counts to it', async () => {
    const ours = ledgerWith(key);
    const first = await ours.open('deploy', anIntent({ commit: c0, budgetMs: 1_800_000 }), '');
    const second = await copy(first.id ?? '');
    const runner = ledgerWith(key);
    runner.reopen(second);
    const records = await read(runner);
    expect(idsOf(records)).toEqual([second, first.id]);
    expect(turnOf({ records, own: second, now: Date.now(), over: new Set() })).toEqual({ kind: 'own' });
  });
});

describe('a deployment that is moved', () => {
  it('into another environment by a status is no record there', async () => {
    const id = await deploy(ledgerWith(key), 'v1', { verdict: 'pass', intent: { environment: 'staging' } });
    const body = { state: 'success', environment: 'production' };
    await ask(github, `POST ${deployments}/${id}/statuses`, { token, body });
    const ledger = ledgerWith(key);
    expect(await read(ledger)).toEqual([]);
    expect(ledger.doubted.map(({ doubt }) => doubt)).toEqual(['wrong']);
  });
});

it('a thousand records that nobody signed are read once, and not at every look', async () => {
  github.seedDeployments('acme/shop', 1000, () => ({ sha: c0, task: 'belay:deploy', payload: anIntent() }));
  const ledger = ledgerWith(key);
  const own = await ledger.open('deploy', anIntent({ commit: c0 }), '');
  expect(idsOf(await read(ledger))).toEqual([own.id]);
  http.calls.length = 0;
  expect(idsOf(await read(ledger))).toEqual([own.id]);
  expect(http.calls).toEqual(['graphql.deployments']);
  expect(warnings).toHaveLength(1);
  expect(ledger.doubted).toHaveLength(999);
});
