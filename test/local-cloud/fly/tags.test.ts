import { afterEach, describe, expect, it } from 'vitest';
import { images } from '#local-cloud';
import { FlyApi, machineConfig, shop } from '../../support/fly-api.ts';

const latest = 'registry.fly.io/shop:latest';
const host = { host: 'shop.fly.dev', url: new URL('https://shop.fly.dev/') };
const head = { method: 'GET', headers: {}, signal: new AbortController().signal, ...host };

describe('a tag that a build has moved', () => {
  let api: FlyApi;

  afterEach(() => api.close());

  const build = (version: string) =>
    api.images.put(latest, { app: 'shop', env: { VERSION: version }, labels: {} }).digest;

  async function launched(image: string): Promise<string> {
    api.fly.settings.rateLimits = false;
    const { body } = await api.ask('POST /v1/apps/shop/machines', { body: { config: machineConfig(image) } });
    const machine = `/v1/apps/shop/machines/${body.id}`;
    await api.ask(`GET ${machine}/wait?state=started`);
    return machine;
  }

  async function served(): Promise<string> {
    const upstream = await api.fly.proxyTo(head);
    const port = upstream?.kind === 'app' ? upstream.port : 0;
    const answer: unknown = await (await fetch(`http://127.0.0.1:${port}/version.json`)).json();
    return Object(answer).version;
  }

  async function answered(ref: string) {
    const { body } = await api.graphql(
      'query ($ref: String!) { app(name: "shop") { image(ref: $ref) { ref digest } } }',
      { ref },
    );
    return body.data.app.image;
  }

  it('answers the new digest, and the machines of the old one keep it over a restart', async () => {
    api = new FlyApi({ ...shop, machines: 0 });
    const old = build('v7');
    const machine = await launched(latest);
    expect(await answered(latest)).toEqual({ ref: `registry.fly.io/shop@${old}`, digest: old });
    const young = build('v8');
    await api.ask(`POST ${machine}/restart`);
    await api.fly.settled();
    expect(await answered(latest)).toEqual({ ref: `registry.fly.io/shop@${young}`, digest: young });
    expect((await api.ask(`GET ${machine}`)).body).toMatchObject({
      image_ref: { tag: 'latest', digest: old },
      config: { image: latest },
    });
    expect(await served()).toBe('v7');
  });

  it('brings the new build to a machine that is updated by it', async () => {
    api = new FlyApi({ ...shop, machines: 0 });
    build('v7');
    const machine = await launched(latest);
    const young = build('v8');
    await api.ask(`POST ${machine}`, { body: { config: machineConfig(latest) } });
    await api.fly.settled();
    expect((await api.ask(`GET ${machine}`)).body.image_ref.digest).toBe(young);
    expect(await served()).toBe('v8');
  });

  it('stays the name of the releases it was deployed by', async () => {
    api = new FlyApi({ ...shop, image: images.v3, formerImages: [images.v1], built: true });
    const { body } = await api.ask('GET /api/v1/apps/shop/releases');
    expect(body.releases.map(({ image_ref: ref }: { image_ref: string }) => ref)).toEqual([
      images.v3,
      images.v1,
    ]);
    const [machine] = (await api.ask('GET /v1/apps/shop/machines')).body;
    expect(machine).toMatchObject({
      config: { image: images.v3 },
      image_ref: { tag: 'v3', digest: api.images.resolve(images.v3)?.digest },
    });
  });

  it('starts again though the registry has pruned its image', async () => {
    api = new FlyApi({ ...shop, machines: 0 });
    build('v7');
    const machine = await launched(latest);
    api.images.prune(latest);
    await api.ask(`POST ${machine}/restart`);
    await api.fly.settled();
    expect(await served()).toBe('v7');
  });
});
