import { afterEach, describe, expect, it } from 'vitest';
import { FlyApi, machineConfig, shop } from '../../support/fly-api.ts';

interface Event {
  readonly type: string;
  readonly request?: {
    readonly restart_count: number;
    readonly exit_event: { exit_code: number; requested_stop: boolean; restarting: boolean };
  };
}

const once = { policy: 'on-failure', max_retries: 1 };

describe('a machine whose process ends by itself', () => {
  const api = new FlyApi({ ...shop, machines: 0 });

  afterEach(() => api.fly.reset());

  async function launch(config: object): Promise<string> {
    api.fly.settings.rateLimits = false;
    const { body } = await api.ask('POST /v1/apps/shop/machines', { body: { config } });
    return `/v1/apps/shop/machines/${body.id}`;
  }

  async function events(machine: string): Promise<Event[]> {
    return (await api.ask(`GET ${machine}`)).body.events;
  }

  /** Oldest first: code, and whether Fly starts it again. */
  async function exits(machine: string) {
    return (await events(machine))
      .flatMap(({ request }) => request?.exit_event ?? [])
      .toReversed()
      .map(({ exit_code: code, restarting }) => [code, restarting]);
  }

  const worker = (image: string, restart?: object) =>
    machineConfig(image, { services: [], init: { cmd: ['work'] }, ...(restart ? { restart } : {}) });

  it.each<[string, Record<string, string>, object | undefined, [number, boolean][]]>([
    ['stays down after a good end, by the default policy', {}, undefined, [[0, false]]],
    ['stays down after a good end, on-failure', {}, once, [[0, false]]],
    [
      'stays down after its first crash where its policy is no',
      { code: '3' },
      { policy: 'no' },
      [[3, false]],
    ],
    [
      'is restarted as often as its policy has it, and stays down',
      { code: '3' },
      once,
      [
        [3, true],
        [3, false],
      ],
    ],
  ])('%s', async (_, { code = '0' }, restart, expected) => {
    const image = api.put(`ends-${code}`, { SHOP_WORK_ENDS_AFTER_MS: '0', SHOP_WORK_EXIT_CODE: code });
    const machine = await launch(worker(image, restart));
    await expect.poll(async () => (await exits(machine)).length, { timeout: 10_000 }).toBe(expected.length);
    await api.ask(`GET ${machine}/wait?state=stopped`);
    expect(await exits(machine)).toEqual(expected);
  });

  it('is started again after a good end where its policy is always', async () => {
    const image = api.put('always', { SHOP_WORK_ENDS_AFTER_MS: '0' });
    const machine = await launch(worker(image, { policy: 'always' }));
    await expect.poll(async () => (await exits(machine)).length, { timeout: 10_000 }).toBeGreaterThan(1);
    expect((await exits(machine)).slice(0, 2)).toEqual([
      [0, true],
      [0, true],
    ]);
  });

  it('says that nobody asked for it', async () => {
    const machine = await launch(worker(api.put('ends', { SHOP_WORK_ENDS_AFTER_MS: '0' })));
    await api.ask(`GET ${machine}/wait?state=stopped`);
    const [newest] = await events(machine);
    expect([newest?.type, newest?.request?.exit_event]).toEqual([
      'exit',
      expect.objectContaining({ exit_code: 0, requested_stop: false, restarting: false }),
    ]);
  });

  it('is stopped after an update that does not launch it, whose event comes after that of its end', async () => {
    const machine = await launch(worker(api.put('ends', { SHOP_WORK_ENDS_AFTER_MS: '0' })));
    await api.ask(`GET ${machine}/wait?state=stopped`);
    const config = worker(api.put('works', {}));
    await api.ask(`POST ${machine}`, { body: { config, skip_launch: true } });
    await api.ask(`GET ${machine}/wait?state=stopped`);
    const types = (await events(machine)).map(({ type }) => type);
    expect([(await api.ask(`GET ${machine}`)).body.state, types]).toEqual([
      'stopped',
      ['update', 'exit', 'start', 'launch'],
    ]);
  });

  it.each(['never', 'sometimes'])('is refused the policy `%s`, which is none of the API', async (policy) => {
    const { status, body } = await api.ask('POST /v1/apps/shop/machines', {
      body: { config: worker(api.put('works', {}), { policy }) },
    });
    expect([status, body.error]).toEqual([400, `invalid_argument: unknown restart policy '${policy}'`]);
  });
});

describe('an image can end by itself', () => {
  const api = new FlyApi({ ...shop, machines: 0 });

  afterEach(() => api.fly.reset());

  it.each([
    ['in its web process alone', { SHOP_ENDS_AFTER_MS: '300' }, ['stopped', 'started']],
    ['in its command `work` alone', { SHOP_WORK_ENDS_AFTER_MS: '300' }, ['started', 'stopped']],
  ])('%s', async (_, env, expected) => {
    api.fly.settings.rateLimits = false;
    const image = api.put('ending', env);
    const ids: string[] = [];
    for (const config of [
      machineConfig(image),
      machineConfig(image, { services: [], init: { cmd: ['work'] } }),
    ]) {
      const { body } = await api.ask('POST /v1/apps/shop/machines', { body: { config } });
      ids.push(body.id);
    }
    const states = async () =>
      Promise.all(ids.map(async (id) => (await api.ask(`GET /v1/apps/shop/machines/${id}`)).body.state));
    await expect.poll(states, { timeout: 10_000 }).toEqual(expected);
  });
});
