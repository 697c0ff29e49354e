import { expect, it } from 'vitest';
import { somebodyUploads } from '../../support/railway-person.ts';
import { homeCheck, railwayStage } from '../../support/railway-stage.ts';
import { ended } from '../../support/shop-stage.ts';

const shop = railwayStage();
const web = { service: 'web' };

interface Case {
  /** What Railway does, in which `railway up --ci` 5.71.0 ends with 0: `test/clients/real-railway.test.ts`. */
  readonly name: string;
  readonly play: () => void;
  /** What somebody else does when the build has begun. */
  readonly meanwhile?: () => Promise<void>;
  readonly end: string;
  readonly served: string;
}

const cases: readonly Case[] = [
  {
    name: 'the stream of its status ends while it is built, and it goes live',
    play: () => {
      shop.railway.switches.statusStreamEndsAt = 'BUILDING';
    },
    end: 'live/verified, serving new',
    served: 'v2',
  },
  {
    name: 'the stream of its status ends while it is built, and the build fails',
    play: () => {
      shop.railway.switches.statusStreamEndsAt = 'BUILDING';
      shop.railway.next(web, { kind: 'build-fails' });
    },
    end: 'rejected/build-failed, serving old',
    served: 'v1',
  },
  {
    name: 'it is skipped',
    play: () => shop.railway.next(web, { kind: 'skipped' }),
    end: 'rejected/skipped, serving old',
    served: 'v1',
  },
  {
    name: 'it waits for a person',
    play: () => shop.railway.next(web, { kind: 'needs-approval' }),
    end: 'rejected/needs-approval, serving old',
    served: 'v1',
  },
  {
    name: 'somebody else’s overtakes it',
    play: () => shop.railway.next(web, { kind: 'build-takes', ms: 20_000 }),
    meanwhile: () => somebodyUploads(shop.railway, 'v9'),
    end: 'stranded/superseded, serving unknown',
    served: 'v9',
  },
  {
    name: 'somebody else’s overtakes it, and is still being built when this one is given up',
    play: () => {
      const slow = { kind: 'build-takes', ms: 20_000 } as const;
      shop.railway.next(web, slow, { ...slow, ms: 10_000 });
    },
    meanwhile: () => somebodyUploads(shop.railway, 'v9'),
    end: 'stranded/superseded, serving old',
    served: 'v1',
  },
];

it.each(cases)('green to Railway’s client: $name', async ({ play, meanwhile, end, served }) => {
  play();
  const others: Promise<void>[] = [];
  const onLine = ({ line }: { readonly line: string }) => {
    if (line.startsWith('BUILDING') && others.length === 0 && meanwhile !== undefined)
      others.push(meanwhile());
  };
  const result = await shop.up({ version: 'v2' }, { checks: homeCheck }, { onLine });
  await Promise.all(others);
  expect([ended(result), await shop.served()]).toEqual([end, served]);
});
