import { afterAll, describe, expect, it } from 'vitest';
import { images } from '#local-cloud';
import { FlyApi, machineConfig, shop } from '../../support/fly-api.ts';

describe('secrets', () => {
  const api = new FlyApi({ ...shop, secrets: { FIRST: '1' } });
  const all = '/v1/apps/shop/secrets';

  afterAll(() => api.close());

  async function healthOf(machine: string): Promise<string> {
    await api.ask(`GET ${machine}/wait?state=started`);
    return (await api.ask(`GET ${machine}`)).body.checks[0].status;
  }

  it('are listed by name and digest, never by value', async () => {
    const { body } = await api.ask(`GET ${all}?show_secrets=true`);
    const at = expect.any(String);
    expect(body).toEqual({
      secrets: [{ name: 'FIRST', digest: '6b86b273ff34fce1', created_at: at, updated_at: at }],
    });
  });

  it('have a new version with each change, and go when they are set to null', async () => {
    const { body: set } = await api.ask(`POST ${all}`, { body: { values: { FIRST: null, SECOND: '2' } } });
    expect([set.version, set.secrets.map(({ name }: { name: string }) => name)]).toEqual([2, ['SECOND']]);
  });

  it.each([
    ['read', 'GET', 200],
    ['deleted', 'DELETE', 200],
    ['missed once it is gone', 'GET', 404],
  ])('are %s one by one', async (_, method, status) => {
    expect((await api.ask(`${method} ${all}/SECOND`)).status).toBe(status);
  });

  it('reach a machine when it is updated, not when it is restarted', async () => {
    api.fly.settings.rateLimits = false;
    const [{ id }] = (await api.ask('GET /v1/apps/shop/machines')).body;
    const machine = `/v1/apps/shop/machines/${id}`;
    await api.ask(`POST ${all}/SHOP_HEALTH`, { body: { value: 'failing' } });
    await api.ask(`POST ${machine}/restart`);
    expect(await healthOf(machine)).toBe('passing');
    await api.ask(`POST ${machine}`, { body: { config: machineConfig(images.v1) } });
    expect(await healthOf(machine)).toBe('critical');
  });
});
