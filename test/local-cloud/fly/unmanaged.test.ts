import { afterEach, describe, expect, it } from 'vitest';
import { images } from '#local-cloud';
import type { UnmanagedSeed } from '../../../packages/local-cloud/src/fly/index.ts';
import { FlyApi, shop } from '../../support/fly-api.ts';

const head = { host: 'shop.fly.dev', method: 'GET', headers: {}, signal: new AbortController().signal };

function service(port: number) {
  return {
    services: [{ protocol: 'tcp', internal_port: 8080, ports: [{ port, handlers: ['http', 'tls'] }] }],
  };
}

describe('a machine that flyctl did not make', () => {
  let api: FlyApi;

  afterEach(() => api.close());

  /** Which versions answer, over as many requests as could meet each machine twice. */
  async function answers(): Promise<string[]> {
    const seen: string[] = [];
    for (let turn = 0; turn < 6; turn++) {
      const upstream = await api.fly.proxyTo({ ...head, url: new URL('https://shop.fly.dev/') });
      if (upstream?.kind !== 'app') throw new Error('nothing serves');
      const answer = await fetch(`http://127.0.0.1:${upstream.port}/version.json`);
      seen.push(Object(await answer.json()).version);
    }
    return [...new Set(seen)].sort();
  }

  async function start(unmanaged: UnmanagedSeed): Promise<void> {
    api = new FlyApi({ ...shop, machines: 2, unmanaged: [unmanaged] });
    await api.ask('GET /v1/apps/shop');
  }

  it.each<[string, UnmanagedSeed['config'], string[]]>([
    ['answers beside the others where it has a service on the port of the app', undefined, ['v1', 'v3']],
    ['answers nobody where it has no service', { services: [] }, ['v1']],
    ['answers nobody there where its service is on another port', service(8443), ['v1']],
  ])('%s', async (_, config, expected) => {
    await start({ image: images.v3, ...(config ? { config } : {}) });
    expect(await answers()).toEqual(expected);
  });

  it('has no metadata of a release, and the image it was given', async () => {
    await start({ image: images.v3, region: 'ams' });
    const { body: listed } = await api.ask('GET /v1/apps/shop/machines');
    expect([listed.length, listed[2].config.metadata, listed[2].image_ref.tag, listed[2].region]).toEqual([
      3,
      {},
      'v3',
      'ams',
    ]);
  });

  it('can come later', async () => {
    api = new FlyApi(shop);
    const machine = api.fly.createUnmanaged('shop', { image: images.v3 });
    await api.fly.settled();
    expect([machine.state, await answers()]).toEqual(['started', ['v1', 'v3']]);
  });
});
