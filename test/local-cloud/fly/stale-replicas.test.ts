import { afterEach, describe, expect, it } from 'vitest';
import { type Cloud, demo, type FaultRule, fly, images, startCloud } from '#local-cloud';
import { proxied } from '../../support/proxied.ts';

const machines = 'https://api.machines.dev/v1/apps/shop/machines';
const releases =
  '{ app(name: "shop") { releases: releasesUnprocessed(first: 1) { nodes { version imageRef } } currentRelease: currentReleaseUnprocessed { version } } }';

describe('a stale replica', () => {
  let cloud: Cloud;

  afterEach(() => cloud.close());

  async function start(...rules: readonly FaultRule[]): Promise<void> {
    cloud = await startCloud({ services: [fly] });
    cloud.service(fly).settings.rateLimits = false;
    await cloud.service(fly).settled();
    for (const rule of rules) cloud.faults.add(rule);
  }

  async function ask(url: string, body?: object) {
    const headers = { authorization: `Bearer ${demo.fly.token}` };
    const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const { status, text } = await proxied(cloud, url, { headers, ...sent });
    return { status, body: JSON.parse(text) };
  }

  const ids = async () => (await ask(machines)).body.map(({ id }: { id: string }) => id);

  it.each<[string, string, (all: string[]) => string[]]>([
    ['that has heard of no machine', 'list-empty', () => []],
    ['that has not heard of the first', 'list-without-first', (all) => all.slice(1)],
    ['that has not heard of the last', 'list-without-last', (all) => all.slice(0, -1)],
  ])('%s answers 200, as often as it is told to, and then the truth', async (_, mutator, seen) => {
    await start();
    const all = await ids();
    cloud.faults.add({ route: 'flaps.machines.list', kind: 'wrong', mutator, count: 2 });
    const first = await ask(machines);
    expect([first.status, await ids(), await ids()]).toEqual([200, seen(all), all]);
  });

  /** Of each machine: its state, its tag, and the release it says it is of. */
  async function fleet(query = '') {
    const { body } = await ask(machines + query);
    return body.map(
      ({ state, image_ref: ref, config }: { state: string; image_ref: { tag: string }; config: Config }) => [
        state,
        ref.tag,
        config.metadata.fly_release_version,
      ],
    );
  }

  interface Config {
    readonly metadata: Readonly<Record<string, string>>;
  }

  async function release(image: string): Promise<number> {
    const wanted = { app_name: 'shop', strategy: 'ROLLING', definition: {}, image };
    const { body } = await ask('https://api.fly.io/api/v1/releases', wanted);
    const [machine] = (await ask(machines)).body;
    const metadata = { ...machine.config.metadata, fly_release_version: String(body.release.version) };
    await ask(`${machines}/${machine.id}`, { config: { ...machine.config, image, metadata } });
    await cloud.service(fly).settled();
    return body.release.version;
  }

  it('that has not heard of the newest release shows the machines as they were when it was made', async () => {
    await start();
    const before = await fleet();
    await release(images.v3);
    const after = await fleet();
    cloud.faults.add({
      route: 'flaps.machines.list',
      kind: 'wrong',
      mutator: 'one-release-behind',
      count: 2,
    });
    expect([await fleet(), await fleet('?state=stopped'), await fleet()]).toEqual([before, [], after]);
    expect(after[0]).toEqual(['started', 'v3', '2']);
  });

  it('that has not heard of the newest release shows the one before it as the newest', async () => {
    await start();
    await release(images.v3);
    const versions = async () => {
      const { app } = (await ask('https://api.fly.io/graphql', { query: releases })).body.data;
      const listed = app.releases.nodes.map(({ version }: { version: number }) => version);
      return [app.currentRelease.version, listed];
    };
    const rest = async () => {
      const { body } = await ask('https://api.fly.io/api/v1/apps/shop/releases');
      return body.releases.map(({ version }: { version: number }) => version);
    };
    for (const route of ['graphql.app.releases', 'uiex.releases.list'])
      cloud.faults.add({ route, kind: 'wrong', mutator: 'one-release-behind', count: 1 });
    expect([await versions(), await versions(), await rest(), await rest()]).toEqual([
      [1, [1]],
      [2, [2]],
      [1],
      [2, 1],
    ]);
  });

  it('can be had for machines and releases, and for nothing else', async () => {
    await start({ route: 'flaps.apps.get', kind: 'wrong', mutator: 'one-release-behind' });
    const { status, body } = await ask('https://api.machines.dev/v1/apps/shop');
    expect([status, body.error]).toEqual([
      500,
      'local cloud: fault wrong: one-release-behind is for lists of machines and for releases, not for flaps.apps.get',
    ]);
  });

  it('is no list where the answer is none', async () => {
    await start({ route: 'flaps.apps.get', kind: 'wrong', mutator: 'list-empty' });
    expect((await ask('https://api.machines.dev/v1/apps/shop')).body.error).toBe(
      'local cloud: fault wrong: the answer is no list',
    );
  });
});
