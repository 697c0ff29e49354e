import { afterEach, describe, expect, it } from 'vitest';
import type { AppSeed } from '../../../packages/local-cloud/src/fly/index.ts';
import { FlyApi, shop } from '../../support/fly-api.ts';

const head = { method: 'GET', headers: {}, signal: new AbortController().signal };

function traffic(api: FlyApi) {
  return api.fly.proxyTo({ ...head, host: 'shop.fly.dev', url: new URL('https://shop.fly.dev/') });
}

describe('an address', () => {
  let api: FlyApi;
  const open = (change: Partial<AppSeed>) => {
    api = new FlyApi({ ...shop, ...change });
  };
  const listed = 'query { app(name: "shop") { ipAddresses { nodes { address type } } sharedIpAddress } }';

  afterEach(() => api.close());

  it('of both kinds is listed by REST in one list, by GraphQL the shared one apart', async () => {
    open({ machines: 0, ips: ['v6', 'shared_v4', 'private_v6'] });
    const { ips } = (await api.ask('GET /v1/apps/shop/ip_assignments')).body;
    expect(ips.map(({ ip, shared }: { ip: string; shared: boolean }) => [ip, shared])).toEqual([
      ['2001:db8::10', false],
      ['192.0.2.10', true],
      ['fdaa:0:1:0:1::10', false],
    ]);
    expect((await api.graphql(listed)).body.data.app).toEqual({
      ipAddresses: {
        nodes: [
          { address: '2001:db8::10', type: 'v6' },
          { address: 'fdaa:0:1:0:1::10', type: 'private_v6' },
        ],
      },
      sharedIpAddress: '192.0.2.10',
    });
  });

  it('is given by GraphQL, and taken back by either', async () => {
    open({ machines: 0, ips: [] });
    const allocate =
      'mutation { allocateIpAddress(input: { appId: "shop", type: private_v6 }) { ipAddress { address } } }';
    const { address } = (await api.graphql(allocate)).body.data.allocateIpAddress.ipAddress;
    expect(address).toBe('fdaa:0:1:0:1::10');
    expect((await api.ask(`DELETE /v1/apps/shop/ip_assignments/${address}`)).status).toBe(204);
    expect((await api.ask('GET /v1/apps/shop/ip_assignments')).body).toEqual({ ips: [] });
    const release = 'mutation { releaseIpAddress(input: { appId: "shop", ip: "::1" }) { clientMutationId } }';
    expect((await api.graphql(release)).body.errors[0].message).toBe('Could not find IPAddress');
  });

  it('of an unknown kind is refused', async () => {
    open({ machines: 0 });
    const refused = await api.ask('POST /v1/apps/shop/ip_assignments', { body: { type: 'v5' } });
    expect(refused.body.error).toBe('invalid_argument: type must be one of v4, v6, shared_v4, private_v6');
  });

  const app = { kind: 'app', port: expect.any(Number) };
  it.each<[string, Partial<AppSeed>, object]>([
    ['listed', { ips: ['shared_v4'] }, app],
    ['that goes without saying', {}, app],
    ['of flycast alone', { ips: ['private_v6'] }, { kind: 'nothing' }],
    ['of no kind', { ips: [] }, { kind: 'nothing' }],
  ])('%s decides whether the app is reached from outside', async (_, seed, upstream) => {
    open(seed);
    expect(await traffic(api)).toEqual(upstream);
  });
});

describe('no two addresses are the same', () => {
  let api: FlyApi;

  afterEach(() => api.close());

  const distinct = (addresses: readonly string[]) => new Set(addresses).size;

  it('of the apps, of any kind, even after one was given back', async () => {
    const ips = ['v4', 'v6', 'shared_v4', 'private_v6'] as const;
    api = new FlyApi({ ...shop, machines: 0, ips }, { ...shop, name: 'other', machines: 0, ips });
    const addressesOf = async (app: string): Promise<string[]> =>
      (await api.ask(`GET /v1/apps/${app}/ip_assignments`)).body.ips.map(({ ip }: { ip: string }) => ip);
    const all = [...(await addressesOf('shop')), ...(await addressesOf('other'))];
    await api.ask(`DELETE /v1/apps/shop/ip_assignments/${all[0]}`);
    const { body } = await api.ask('POST /v1/apps/shop/ip_assignments', { body: { type: 'v4' } });
    expect(distinct([...all, body.ip])).toBe(9);
  });

  it('of the machines, which keep theirs', async () => {
    api = new FlyApi({ ...shop, machines: 3 }, { ...shop, name: 'other', machines: 2 });
    const addresses = async (): Promise<string[]> => {
      const lists = await Promise.all(
        ['shop', 'other'].map((app) => api.ask(`GET /v1/apps/${app}/machines`)),
      );
      return lists.flatMap(({ body }) => body.map(({ private_ip: ip }: { private_ip: string }) => ip));
    };
    const before = await addresses();
    await api.fly.settled();
    expect([
      before.every((ip) => /^fdaa(:[0-9a-f]{1,4}){7}$/.test(ip)),
      distinct(before),
      await addresses(),
    ]).toEqual([true, 5, before]);
  });
});
