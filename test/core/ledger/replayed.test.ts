import { describe, expect, it } from 'vitest';
import { turnOf } from '../../../packages/core/src/ledger/turn.ts';
import { demoCommits } from '../../../packages/local-cloud/src/github/demo.ts';
import {
  clock,
  deploy,
  deployments,
  github,
  judge,
  key,
  ledgerWith,
  read,
  target,
  token,
} from '../../support/forgers.ts';
import { ask } from '../../support/github-client.ts';
import { anIntent } from '../../support/ledger-builders.ts';

const [, c1 = '', c2 = '', c3 = ''] = demoCommits;

describe('a fact of ours that anybody posts once more to its own record', () => {
  it('makes no bad release good again', async () => {
    const ours = ledgerWith(key);
    await deploy(ours, 'v1', { verdict: 'pass', commit: c1 });
    const bad = await deploy(ours, 'v2', { verdict: 'pass', commit: c2 });
    clock.advance(60_000);
    await judge(ours, bad, 'fail');
    await deploy(ours, 'v3', { verdict: 'fail', commit: c3 });
    expect((await target(ledgerWith(key))).takes).toBe('v1');
    clock.advance(60_000);
    const rows = (await ask(github, `GET ${deployments}/${bad}/statuses`, { token })).body as {
      state: string;
      description: string;
    }[];
    const praise = rows.find(({ description }) => description.includes('verdict pass'));
    await ask(github, `POST ${deployments}/${bad}/statuses`, {
      token,
      body: { state: praise?.state, description: praise?.description },
    });
    expect((await target(ledgerWith(key))).takes).toBe('v1');
  });
  it('does not lengthen the turn of a run that was killed', async () => {
    const ours = ledgerWith(key);
    const killed = await ours.open('deploy', anIntent({ commit: c1, budgetMs: 600_000 }), '');
    await killed.add({ kind: 'turn', previous: 'v1', barrier: false }, 'in_progress');
    const own = await ours.open('deploy', anIntent({ commit: c2 }), '');
    const before = turnOf({
      records: await read(ledgerWith(key)),
      own: own.id ?? '',
      now: clock.now(),
      over: new Set(),
    });
    clock.advance(590_000);
    const [row] = (await ask(github, `GET ${deployments}/${killed.id}/statuses`, { token })).body as {
      state: string;
      description: string;
    }[];
    await ask(github, `POST ${deployments}/${killed.id}/statuses`, {
      token,
      body: { state: row?.state, description: row?.description },
    });
    const after = turnOf({
      records: await read(ledgerWith(key)),
      own: own.id ?? '',
      now: clock.now(),
      over: new Set(),
    });
    expect(after).toMatchObject({ kind: 'held', untilMs: before.kind === 'held' ? before.untilMs : 0 });
  });
});
