import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FlyApi, shop } from '../../support/fly-api.ts';

const path = '/v1/apps/shop/certificates';
const hostname = 'www.example.com';

describe('a certificate of an app', () => {
  let api: FlyApi;

  beforeEach(() => {
    api = new FlyApi({ ...shop, machines: 0, ips: ['v6', 'shared_v4'] });
  });
  afterEach(() => api.close());

  const add = (name = hostname) => api.ask(`POST ${path}/acme`, { body: { hostname: name } });
  const seen = async (route: string) => {
    const { body } = await api.ask(route);
    return { configured: body.configured, status: body.status };
  };

  it('is asked for, told what DNS has to say, and issued a while later', async () => {
    const { status, body } = await add();
    expect({ status, body }).toEqual({
      status: 201,
      body: {
        hostname,
        configured: false,
        acme_requested: true,
        status: 'pending_validation',
        certificates: [
          { source: 'fly', status: 'pending_validation', created_at: expect.any(String), issued: [] },
        ],
        validation: {
          dns_configured: false,
          alpn_configured: false,
          http_configured: false,
          ownership_txt_configured: false,
        },
        dns_requirements: {
          a: ['192.0.2.10'],
          aaaa: ['2001:db8::10'],
          cname: 'shop.shop.fly.dev',
          acme_challenge: { name: `_acme-challenge.${hostname}`, target: `${hostname}.shop.flydns.net` },
          ownership: { name: `_fly-ownership.${hostname}`, app_value: 'app-shop', org_value: 'org-demo' },
        },
        validation_errors: [],
      },
    });
    api.clock.advance(1_000);
    const active = { configured: true, status: 'active' };
    expect(await seen(`POST ${path}/${hostname}/check`)).toEqual(active);
    expect(await seen(`GET ${path}/${hostname}`)).toEqual(active);
  });

  it('is never issued where the setting says so', async () => {
    api.fly.settings.certificateMs = Number.POSITIVE_INFINITY;
    await add();
    api.clock.advance(1e9);
    expect(await seen(`GET ${path}/${hostname}`)).toEqual({
      configured: false,
      status: 'pending_validation',
    });
  });

  it('is listed until it is removed', async () => {
    await add();
    await add('example.com');
    const listed = async () => {
      const { body } = await api.ask(`GET ${path}?limit=50`);
      return [body.total_count, body.certificates.map(({ hostname: name }: { hostname: string }) => name)];
    };
    expect(await listed()).toEqual([2, [hostname, 'example.com']]);
    expect((await api.ask(`DELETE ${path}/${hostname}`)).status).toBe(204);
    expect(await listed()).toEqual([1, ['example.com']]);
  });

  it.each<[string, string, object | undefined, number, string]>([
    [
      'one that is there',
      `POST ${path}/acme`,
      { hostname: 'taken.example' },
      422,
      'Hostname has already been taken',
    ],
    ['no host name', `POST ${path}/acme`, { hostname: 'a b' }, 422, 'Hostname is invalid'],
    ['one that is not there', `POST ${path}/nope.example/check`, undefined, 404, 'certificate not found'],
    [
      'one to remove that is not there',
      `DELETE ${path}/nope.example`,
      undefined,
      404,
      'certificate not found',
    ],
  ])('is refused: %s', async (_, route, body, status, error) => {
    await add('taken.example');
    expect(await api.ask(route, body === undefined ? {} : { body })).toMatchObject({
      status,
      body: { error },
    });
  });
});
