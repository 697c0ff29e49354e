import { afterEach, describe, expect, it } from 'vitest';
import { FlyApi, shop } from '../../support/fly-api.ts';

describe('suspending a machine', () => {
  let api: FlyApi;

  afterEach(() => api.close());

  async function machine(): Promise<string> {
    api = new FlyApi(shop);
    const [{ id }] = (await api.ask('GET /v1/apps/shop/machines')).body;
    return `/v1/apps/shop/machines/${id}`;
  }

  it('ends in `suspended`, and a start brings it back', async () => {
    const path = await machine();
    expect((await api.ask(`POST ${path}/suspend`)).body).toEqual({ ok: true });
    expect((await api.ask(`GET ${path}/wait?state=suspended`)).body).toMatchObject({ state: 'suspended' });
    expect((await api.ask(`POST ${path}/start`)).body).toMatchObject({ previous_state: 'suspended' });
    expect((await api.ask(`GET ${path}/wait?state=started`)).body).toMatchObject({ state: 'started' });
  });

  it('needs one that runs', async () => {
    const path = await machine();
    await api.ask(`POST ${path}/stop`);
    await api.fly.settled();
    expect(await api.ask(`POST ${path}/suspend`)).toMatchObject({
      status: 412,
      body: { error: "failed_precondition: unable to suspend machine from current state: 'stopped'" },
    });
  });

  it('needs the lease, where there is one', async () => {
    const path = await machine();
    const { nonce } = (await api.ask(`POST ${path}/lease?ttl=60`)).body.data;
    expect((await api.ask(`POST ${path}/suspend`)).status).toBe(409);
    expect((await api.ask(`POST ${path}/suspend`, { nonce })).status).toBe(200);
  });
});
