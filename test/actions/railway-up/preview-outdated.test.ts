import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ActionResult, TimeBudget } from '#core';
import type { RailwayUpInputs } from '../../../actions/railway-up/src/inputs.ts';
import { runPreview } from '../../../actions/railway-up/src/preview/preview.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

const head = 'a'.repeat(40);
const newest = 'b'.repeat(40);

/** What GitHub says of the pull request, and what was done to Railway. */
const fake = vi.hoisted(() => ({
  pull: {} as object,
  /** Pairs of a commit and the head that it is older than. */
  older: [] as (readonly string[])[],
  did: [] as string[],
}));

vi.mock('../../../actions/railway-up/src/preview/open.ts', () => ({
  title: 'Preview',
  openPreview: async () => ({
    service: 'web',
    previews: {
      service: { name: 'web' },
      followed: {
        wait: async () => {
          fake.did.push('wait');
          return { id: 'pr', name: 'shop-pr-7' };
        },
      },
      made: {
        source: { name: 'production' },
        prepare: async (name: string) => {
          fake.did.push('prepare');
          return { id: 'pr', name, isNew: false };
        },
        filled: async () => {},
        reachable: async () => undefined,
      },
    },
    pulls: {
      state: async () => fake.pull,
      isOutdated: async (...pair: readonly string[]) => fake.older.some((one) => `${one}` === `${pair}`),
      comment: async () => {},
    },
  }),
}));

const live: ActionResult = {
  ...{ outcome: 'live', reason: 'verified', serving: 'new', ok: true },
  ...{ outputs: {}, headline: 'Live.' },
};

beforeEach(() => {
  fake.pull = { kind: 'open', head };
  fake.older = [[head, newest]];
  fake.did = [];
});

/** Runs about the pull request at `head`; what came of it, and what was done. */
async function run(by: 'railway' | 'us', about: string | undefined) {
  const signal = new AbortController().signal;
  const ports = { runner: recordingRunner(), signal };
  const budget = { ports, end: () => {}, leftMs: () => 60_000 } as unknown as TimeBudget;
  const repository = { owner: 'acme', name: 'shop', id: '1001' };
  const subject = { number: 7, environment: 'pr-7', head: about, isBots: false };
  const wanted = { kind: 'deploy', by, repository, subject } as const;
  const result = await runPreview(budget, {} as RailwayUpInputs, wanted, async () => {
    fake.did.push('deploy');
    return live;
  });
  return { result, did: fake.did };
}

describe('a run about a commit that is not the newest of its pull request', () => {
  it.each(['railway', 'us'] as const)(
    'is blocked, and nothing is made or deployed (environment by %s)',
    async (by) => {
      fake.pull = { kind: 'open', head: newest };
      const what = 'Pull request 7 is at bbbbbbb, and this run is about aaaaaaa';
      expect(await run(by, head)).toEqual({
        result: {
          ...{ outcome: 'blocked', reason: 'outdated', ok: false, outputs: {} },
          headline: `⛔ Blocked: ${what} (blocked/outdated).`,
          summary:
            '## ⛔ Blocked: Pull request 7 is at `bbbbbbb`, and this run is about `aaaaaaa` (blocked/outdated).\n',
          failure: {
            ...{ code: 'outdated', what },
            next: 'Look at the run of its newest commit. No `force` passes this.',
          },
        },
        did: [],
      });
    },
  );

  it.each<readonly [string, 'railway' | 'us', object, string | undefined]>([
    ['where it is the newest', 'railway', { kind: 'open', head }, head],
    ['where the pull request was moved back to an older one', 'railway', { kind: 'open', head: 'c' }, head],
    ['where GitHub does not tell', 'railway', { kind: 'unknown', why: 'GitHub answered 502' }, head],
    ['where the event does not say which it is', 'us', { kind: 'open', head: newest }, undefined],
  ])('is none %s: it is deployed', async (_, by, pull, about) => {
    fake.pull = pull;
    const { result, did } = await run(by, about);
    expect([result, did]).toEqual([live, [by === 'us' ? 'prepare' : 'wait', 'deploy']]);
  });
});
