import { afterEach, describe, expect, it } from 'vitest';
import { images } from '#local-cloud';
import { FlyApi, machineConfig, shop } from '../../support/fly-api.ts';

describe('making machines', () => {
  let api: FlyApi;

  afterEach(() => api.close());

  function open(): void {
    api = new FlyApi({ ...shop, machines: 0 }, { ...shop, name: 'other', machines: 0 });
  }

  interface Wanted {
    readonly app?: string;
    readonly group?: string;
    readonly region?: string;
  }

  function create({ app = 'shop', group = 'app', region = 'iad' }: Wanted = {}) {
    const metadata = { fly_process_group: group };
    const body = { region, config: machineConfig(images.v1, { metadata }) };
    return api.ask(`POST /v1/apps/${app}/machines`, { body });
  }

  async function statuses(times: number, wanted?: Wanted): Promise<number[]> {
    const all: number[] = [];
    for (let time = 0; time < times; time++) all.push((await create(wanted)).status);
    return all;
  }

  it('is limited for each app: three at once, then one a second', async () => {
    open();
    expect(await statuses(4)).toEqual([200, 200, 200, 429]);
    expect(await statuses(1, { app: 'other' })).toEqual([200]);
    api.clock.advance(1_000);
    expect(await statuses(2)).toEqual([200, 429]);
  });

  it('never meets the limit where each machine is waited for, as it is longer on its way on Fly', async () => {
    open();
    const seen: number[] = [];
    for (let time = 0; time < 5; time++) {
      const { status, body } = await create();
      await api.ask(`GET /v1/apps/shop/machines/${body.id}/wait?state=started`);
      seen.push(status);
    }
    expect(seen).toEqual([200, 200, 200, 200, 200]);
  });

  it.each<[string, object, number[]]>([
    ['a region', { region: 'ams' }, [200, 422, 200]],
    ['a process group', { group: 'worker' }, [200, 200, 422]],
    ['a process group in a region', { group: 'worker', region: 'ams' }, [200, 200, 200]],
    ['nobody', {}, [422, 422, 422]],
  ])('fails for want of room for %s', async (_, full, expected) => {
    open();
    api.fly.settings.outOfCapacity = [full];
    const answers = [await create(), await create({ region: 'ams' }), await create({ group: 'worker' })];
    expect(answers.map(({ status }) => status)).toEqual(expected);
    const refusals = answers.filter(({ status }) => status === 422).map(({ body }) => body);
    const refusal = { error: 'out of capacity', status: 'insufficient_capacity' };
    expect(refusals).toEqual(refusals.map(() => refusal));
    const { body: machines } = await api.ask('GET /v1/apps/shop/machines');
    expect(machines).toHaveLength(expected.filter((status) => status === 200).length);
  });
});
