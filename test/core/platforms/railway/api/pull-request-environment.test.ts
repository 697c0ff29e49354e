import { describe, expect, it } from 'vitest';
import {
  pullRequestEnvironment,
  unclaimedEnvironment,
} from '../../../../../packages/core/src/platforms/railway/api/pull-request-environment.ts';
import { environment } from '../../../../../packages/core/src/platforms/railway/api/wire-service.ts';

interface Planted {
  readonly name: string;
  readonly isEphemeral?: boolean;
  readonly deletedAt?: string;
  readonly prNumber?: number;
  readonly prRepo?: string;
}

async function found(...planted: readonly Planted[]) {
  return lookedFor(pullRequestEnvironment, planted);
}

/** What a look answers, and which environments it has asked. */
async function lookedFor(look: typeof pullRequestEnvironment, planted: readonly Planted[]) {
  const asked: string[] = [];
  const api = {
    async environment(id: string) {
      asked.push(id);
      const { name, prNumber = null, prRepo = null } = planted.find((one) => one.name === id) ?? { name: id };
      const serviceInstances = { edges: [] };
      return environment({ id, name, meta: { prNumber, prRepo }, serviceInstances }, '');
    },
  };
  const environments = planted.map(({ name, isEphemeral, deletedAt }) => {
    return { id: name, name, canAccess: true, isEphemeral, deletedAt, createdAt: undefined };
  });
  const wanted = { repository: 'acme/shop', number: 7 };
  const { name } = (await look(api, { id: 'p1', environments }, wanted)) ?? {};
  return { name, asked };
}

describe('the environment of a pull request', () => {
  it('is the one that says so, and the one with its name is asked first', async () => {
    const other = { name: 'shop-pr-8', isEphemeral: true, prNumber: 8 };
    const own = { name: 'shop-pr-7', isEphemeral: true, prNumber: 7, prRepo: 'Acme/Shop' };
    expect(await found({ name: 'production' }, other, own)).toEqual({
      name: 'shop-pr-7',
      asked: ['shop-pr-7'],
    });
  });

  it('may have another name, where it says so itself', async () => {
    expect((await found({ name: 'cart', isEphemeral: true, prNumber: 7 })).name).toBe('cart');
  });

  it('is none of another repository’s, none that is deleted, and none that only has the name', async () => {
    expect([
      (await found({ name: 'shop-pr-7', prNumber: 7, prRepo: 'acme/blog' })).name,
      (await found({ name: 'shop-pr-7', prNumber: 7, deletedAt: '2026-11-30' })).name,
      (await found({ name: 'shop-pr-7' })).name,
      (await found({ name: 'production', prNumber: 7 })).name,
    ]).toEqual(Array(4).fill(undefined));
  });
});

describe('an environment with the name of a pull request’s that does not say whose it is', () => {
  it.each<[string, Planted, string | undefined]>([
    ['is told of', { name: 'shop-pr-7' }, 'shop-pr-7'],
    ['is none that says it', { name: 'shop-pr-7', prNumber: 7, prRepo: 'eve/shop' }, undefined],
    ['is none that is deleted', { name: 'shop-pr-7', deletedAt: '2026-11-30' }, undefined],
    ['is none of another name', { name: 'shop-pr-17' }, undefined],
    ['is none that is made here, whose name ends otherwise', { name: 'shop-pr-7-0a1b2c3d' }, undefined],
  ])('%s', async (_, planted, name) => {
    expect((await lookedFor(unclaimedEnvironment, [planted])).name).toBe(name);
  });
});
