import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { commits, images } from '#local-cloud';
import type { LogLine } from '#local-runner';
import { bundleProcess, signalTo } from '../../support/bundle-process.ts';
import { eventually } from '../../support/eventually.ts';
import { imageService, pinned } from '../../support/railway-service.ts';
import { homeCheck, railwayStage } from '../../support/railway-stage.ts';
import { annotations, ended, logOf } from '../../support/shop-stage.ts';

const shop = railwayStage();
const ofV3 = { sha: commits.v3 };
const [update, deploy, rollback, cancel] = [
  'graphql.serviceInstanceUpdate',
  'graphql.serviceInstanceDeployV2',
  'graphql.deploymentRollback',
  'graphql.deploymentCancel',
];
const wanted = (image: string) => ({ mode: 'image', image: pinned(shop, image), checks: homeCheck });

describe('an image', () => {
  it('is named as the source, deployed, and live once it is proved', async () => {
    const app = imageService(shop);
    const result = await app.run(wanted(images.v3), ofV3);
    const { 'deployment-id': id = '', 'logs-url': logs, status } = result.main.outputs;
    expect([ended(result), await app.served(), app.source(), shop.mutations(), status]).toEqual([
      'live/verified, serving new',
      'v3',
      pinned(shop, images.v3),
      [update, deploy],
      'SUCCESS',
    ]);
    expect(logs).toMatch(new RegExp(`^https://railway.com/project/.*id=${id}`));
  });

  it.each([
    [
      'the check of',
      images.v2Error,
      'restored/checks-failed, serving old',
      [update, deploy, rollback, update],
    ],
    [
      'the registry for',
      `${images.v1}-gone`,
      'rejected/image-not-found, serving old',
      [update, deploy, update],
    ],
    ['the start of', images.v2Crash, 'restored/crashed, serving old', [update, deploy, rollback, update]],
  ])('that fails by %s it does not stay the source', async (_, image, end, mutations) => {
    const app = imageService(shop);
    const asked = image.endsWith('-gone')
      ? `registry.fly.io/shop@sha256:${'0'.repeat(64)}`
      : pinned(shop, image);
    const result = await app.run({ mode: 'image', image: asked, checks: homeCheck });
    expect(ended(result)).toBe(end);
    expect([await app.served(), app.source(), shop.mutations()]).toEqual(['v1', images.v1, mutations]);
  });

  it('that crashes after SUCCESS has not SUCCESS for its last word', async () => {
    const app = imageService(shop);
    const result = await app.run(wanted(images.v2Crash));
    expect([ended(result), result.main.outputs.status]).toEqual(['restored/crashed, serving old', 'CRASHED']);
  });

  it('that was proved and serves is not deployed again, under whatever tag', async () => {
    const app = imageService(shop);
    await app.run(wanted(images.v3), ofV3);
    const [name, digest] = pinned(shop, images.v3).split('@');
    const again = { mode: 'image', image: `${name}:latest@${digest}`, checks: homeCheck };
    const result = await app.run(again, ofV3);
    expect([ended(result), shop.mutations()]).toEqual([
      'unchanged/already-live, serving new',
      [update, deploy],
    ]);
  });

  it('of which Railway tells the digest late is live all the same', async () => {
    const app = imageService(shop);
    app.next({ kind: 'tells-digest-late', ms: 2_000 });
    const result = await app.run(wanted(images.v3), ofV3);
    expect([ended(result), await app.served()]).toEqual(['live/verified, serving new', 'v3']);
  });

  it('that is live and bad stays the source where nothing is to be taken back: what serves is what it says', async () => {
    const app = imageService(shop);
    const result = await app.run({ ...wanted(images.v2Error), 'on-failure': 'none' });
    expect([ended(result), app.source(), shop.mutations()]).toEqual([
      'stranded/on-failure-none, serving new',
      pinned(shop, images.v2Error),
      [update, deploy],
    ]);
  });

  it('is only told of in a dry run', async () => {
    const app = imageService(shop);
    const result = await app.run({ ...wanted(images.v3), 'dry-run': 'true' }, ofV3);
    expect([ended(result), shop.mutations()]).toEqual(['rehearsed/dry-run, serving old', []]);
    expect(logOf(result)).toContain(`It would name ${pinned(shop, images.v3)} as the source of the service`);
  });

  it('is refused by a service that is uploaded to, before anything is changed', async () => {
    const image = pinned(shop, images.v3);
    const result = await shop.up({ version: 'v2' }, { mode: 'image', image });
    expect([ended(result), shop.mutations(), await shop.served()]).toEqual([
      'error/wrong-source, serving unknown',
      [],
      'v1',
    ]);
  });
});

describe('an answer that is lost', () => {
  it('to the deploy is no reason to ask again: its deployment is found by the digest', async () => {
    const app = imageService(shop);
    shop.stage.cloud.faults.add({ service: 'railway', route: deploy, kind: 'reset-after' });
    const result = await app.run(wanted(images.v3), ofV3);
    expect([ended(result), await app.served(), shop.mutations()]).toEqual([
      'live/verified, serving new',
      'v3',
      [update, deploy],
    ]);
  });

  it('to the change of the source is looked up', async () => {
    const app = imageService(shop);
    shop.stage.cloud.faults.add({ service: 'railway', route: update, kind: 'reset-after', count: 1 });
    const result = await app.run(wanted(images.v3), ofV3);
    expect([ended(result), shop.mutations()]).toEqual(['live/verified, serving new', [update, deploy]]);
  });
});

describe('a source that somebody else changes meanwhile', () => {
  it('is left as it is, and that is said', async () => {
    const app = imageService(shop);
    const onLine = ({ line }: LogLine) => {
      if (line.startsWith('##[group]Checks of the new release'))
        app.set({ source: { repo: null, image: 'ghcr.io/acme/other:1' } });
    };
    const result = await app.run(wanted(images.v2Error), { onLine });
    expect([ended(result), app.source()]).toEqual([
      'restored/checks-failed, serving old',
      'ghcr.io/acme/other:1',
    ]);
    expect(annotations(result).join()).toContain(
      'Somebody else has changed the source of the service to ghcr.io/acme/other:1 meanwhile: it is left so.',
    );
  });
});

describe('a source that somebody else changes before Railway is asked to deploy', () => {
  it.each([
    ['at once', {}],
    ['late', { kind: 'tells-digest-late', ms: 20_000 }],
  ] as const)(
    'is what Railway deploys: no green, and theirs is left, also where its digest is told %s',
    async (_, fate) => {
      const app = imageService(shop);
      const theirs = pinned(shop, images.v2Slow);
      if ('kind' in fate) app.next(fate);
      shop.stage.cloud.faults.add({ service: 'railway', route: deploy, kind: 'delay', ms: 1_000, count: 1 });
      const theyChange = async () => {
        while (!shop.mutations().includes(update)) await delay(10);
        await delay(300);
        app.set({ source: { repo: null, image: theirs } });
      };
      const changed = theyChange();
      const result = await app.run(wanted(images.v3), ofV3);
      await changed;
      expect([ended(result), await app.served(), app.source(), shop.mutations()]).toEqual([
        'stranded/superseded, serving unknown',
        'v2',
        theirs,
        [update, deploy],
      ]);
      expect(annotations(result).join()).toContain('is of another image than this run asked for');
    },
  );
});

const killed = () => signalTo(bundleProcess('index.js', shop.stage.temp), 'SIGKILL');

describe('a job that ends in the middle', () => {
  it('by a cancel cancels its deployment and puts the source back', async () => {
    const app = imageService(shop);
    app.next({ kind: 'queued', ms: 20_000 });
    const abort = new AbortController();
    const onLine = ({ line }: LogLine) => line.startsWith('QUEUED') && abort.abort();
    const result = await app.run(wanted(images.v3), { ...ofV3, signal: abort.signal, onLine });
    expect([ended(result), await app.served(), app.source(), shop.mutations().toSorted()]).toEqual([
      'cancelled/cancelled, serving old',
      'v1',
      images.v1,
      [cancel, deploy, update, update],
    ]);
  });

  it.skipIf(!existsSync('/proc'))(
    'by a kill while its deployment is followed has it cancelled by post, which knows it by Railway’s answer',
    async () => {
      const app = imageService(shop);
      app.next({ kind: 'queued', ms: 30_000 });
      const onLine = ({ line }: LogLine) => line.startsWith('QUEUED') && killed();
      const result = await app.run(wanted(images.v3), { ...ofV3, onLine });
      expect(result.job.conclusion).toBe('failure');
      expect([await app.served(), app.source(), shop.mutations().toSorted()]).toEqual([
        'v1',
        images.v1,
        [cancel, deploy, update, update],
      ]);
    },
  );

  it.skipIf(!existsSync('/proc'))(
    'by a kill in its way back has that finished by post, and the source put back',
    async () => {
      const app = imageService(shop);
      const onLine = ({ line }: LogLine) => line.startsWith('Railway brings') && killed();
      const result = await app.run({ ...wanted(images.v2Error), timeout: '60s' }, { onLine });
      expect(result.job.conclusion).toBe('failure');
      await eventually(async () => (await app.served()) === 'v1');
      expect([app.source(), shop.mutations()]).toEqual([images.v1, [update, deploy, rollback, update]]);
    },
  );

  it.skipIf(!existsSync('/proc'))(
    'by a kill before it has asked has the source put back by post',
    async () => {
      const app = imageService(shop);
      const { faults } = shop.stage.cloud;
      faults.add({ service: 'railway', route: deploy, kind: 'stall', count: 1 });
      const kill = (async () => {
        while (faults.list()[0]?.strikes !== 1) await delay(10);
        killed();
      })();
      await app.run(wanted(images.v3), ofV3);
      await kill;
      await eventually(async () => app.source() === images.v1);
      expect([await app.served(), shop.mutations()]).toEqual(['v1', [update, deploy, update]]);
    },
  );
});
