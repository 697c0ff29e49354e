import { afterEach, describe, expect, it } from 'vitest';
import { images } from '#local-cloud';
import { FlyApi, machineConfig, shop } from '../../support/fly-api.ts';

interface Event {
  type: string;
  timestamp: number;
  request?: { restart_count: number; exit_event: object };
}

describe('a machine', () => {
  const api = new FlyApi({ ...shop, machines: 0 });

  afterEach(() => api.fly.reset());

  async function launch(config: object, more: object = {}): Promise<string> {
    api.fly.settings.rateLimits = false;
    const { body } = await api.ask('POST /v1/apps/shop/machines', { body: { config, ...more } });
    return `/v1/apps/shop/machines/${body.id}`;
  }

  async function events(machine: string): Promise<Event[]> {
    return (await api.ask(`GET ${machine}`)).body.events;
  }

  async function exitsOf(machine: string): Promise<number> {
    return (await events(machine)).filter(({ type }) => type === 'exit').length;
  }

  it('is started once its process listens, with its first checks answered', async () => {
    const machine = await launch(machineConfig(images.v1));
    await api.ask(`GET ${machine}/wait?state=started`);
    const { state, checks, image_ref } = (await api.ask(`GET ${machine}`)).body;
    const [check] = checks;
    expect([state, image_ref.tag, check.name, check.status]).toEqual([
      'started',
      'v1',
      'servicecheck-00-http-8080',
      'passing',
    ]);
    expect(check.output).toMatch(
      /^HTTP GET http:\/\/127\.0\.0\.1:\d+\/healthz: 200 OK Output: "\{"status":"ok"\}"$/,
    );
  });

  it.each([
    ['critical', {}],
    ['warning', { grace_period: '1h' }],
  ])('reports a failing check as %s, by its grace period', async (status, grace) => {
    const checks = [{ type: 'http', path: '/healthz', interval: '1s', timeout: '1s', ...grace }];
    const services = [{ protocol: 'tcp', internal_port: 8080, checks }];
    const machine = await launch(machineConfig(images.v2Broken, { services }));
    await api.ask(`GET ${machine}/wait?state=started`);
    expect((await api.ask(`GET ${machine}`)).body.checks[0].status).toBe(status);
  });

  it('probes again at each interval, so a check follows the running process', async () => {
    const image = api.put('short-lived', { SHOP_CRASH_AFTER_MS: '300' });
    const machine = await launch(machineConfig(image, { restart: { policy: 'no' } }));
    await api.ask(`GET ${machine}/wait?state=started`);
    expect((await api.ask(`GET ${machine}`)).body.checks[0].status).toBe('passing');
    await api.ask(`GET ${machine}/wait?state=stopped`);
    expect((await api.ask(`GET ${machine}`)).body.checks[0].status).toBe('critical');
  });

  it('takes no traffic while a check fails', async () => {
    const machine = await launch(machineConfig(images.v2Broken));
    await api.ask(`GET ${machine}/wait?state=started`);
    const request = {
      host: 'shop.fly.dev',
      method: 'GET',
      url: new URL('https://shop.fly.dev/'),
      headers: {},
    };
    const traffic = () => api.fly.proxyTo({ ...request, signal: new AbortController().signal });
    expect(await traffic()).toEqual({ kind: 'nothing' });
    await api.ask(`POST ${machine}`, { body: { config: machineConfig(images.v1) } });
    await api.ask(`GET ${machine}/wait?state=started`);
    expect(await traffic()).toEqual({ kind: 'app', port: expect.any(Number) });
  });

  it('says it started long ago, in the order of events, so that flyctl need not watch it', async () => {
    const machine = await launch(machineConfig(images.v1));
    await api.ask(`GET ${machine}/wait?state=started`);
    const [start, launched] = await events(machine);
    expect([start?.type, launched?.type]).toEqual(['start', 'launch']);
    expect(api.clock.now() - (start?.timestamp ?? 0)).toBeGreaterThan(10_000);
    expect(start?.timestamp).toBeGreaterThan(launched?.timestamp ?? Number.POSITIVE_INFINITY);
  });

  it('restarts a crashing process, counting, and tells the truth about its times', async () => {
    const machine = await launch(machineConfig(images.v2Crash));
    await expect.poll(() => exitsOf(machine), { timeout: 10_000 }).toBe(3);
    const exits = (await events(machine)).filter(({ type }) => type === 'exit').toReversed();
    expect(exits.map(({ request }) => request?.restart_count)).toEqual([1, 2, 3]);
    expect(exits[0]?.request?.exit_event).toEqual({
      exit_code: 1,
      guest_exit_code: 1,
      guest_signal: -1,
      oom_killed: false,
      requested_stop: false,
      restarting: true,
      signal: -1,
      exited_at: expect.any(String),
    });
    const starts = (await events(machine)).filter(({ type }) => type === 'start');
    expect(starts.every(({ timestamp }) => api.clock.now() - timestamp < 10_000)).toBe(true);
  });

  it('is stopped for good where its policy is not to restart', async () => {
    const machine = await launch(machineConfig(images.v2Crash, { restart: { policy: 'no' } }));
    expect((await api.ask(`GET ${machine}/wait?state=stopped`)).status).toBe(200);
    expect((await events(machine))[0]?.request?.exit_event).toMatchObject({
      restarting: false,
      exit_code: 1,
    });
  });

  it('ends its crash loop with a requested exit when it is replaced', async () => {
    const machine = await launch(machineConfig(images.v2Crash));
    await expect.poll(() => exitsOf(machine), { timeout: 10_000 }).toBe(3);
    await api.ask(`POST ${machine}`, { body: { config: machineConfig(images.v1) } });
    await api.ask(`GET ${machine}/wait?state=started`);
    const newest = (await events(machine)).find(({ type }) => type === 'exit');
    expect(newest?.request?.exit_event).toMatchObject({ requested_stop: true, restarting: false });
  });

  it('is ended as the config has it that it runs under, not as the next one does', async () => {
    const stubborn = api.put('stubborn', { SHOP_IGNORE_SIGTERM: 'true' });
    const slow = { stop_config: { signal: 'SIGTERM', timeout: '1h' } };
    const machine = await launch(machineConfig(stubborn, slow));
    await api.ask(`GET ${machine}/wait?state=started`);
    await api.ask(`POST ${machine}`, { body: { config: machineConfig(images.v1) } });
    const said = async () => {
      const { data } = (await api.ask(`GET /api/v1/apps/shop/logs?instance=${machine.split('/').at(-1)}`))
        .body;
      return data.map(({ attributes }: { attributes: { message: string } }) => attributes.message);
    };
    await expect.poll(said).toContain('SIGTERM ignored');
    const { state } = (await api.ask(`GET ${machine}`)).body;
    api.clock.advance(3_600_000);
    await api.fly.settled();
    expect([state, (await api.ask(`GET ${machine}`)).body.state]).toEqual(['replacing', 'started']);
  });

  it('runs a release command for real and stays readable after it has destroyed itself', async () => {
    const once = { init: { cmd: ['migrate'] }, auto_destroy: true, restart: { policy: 'no' }, services: [] };
    const image = api.put('failing-migration', { SHOP_EXIT_CODE: '3' });
    const machine = await launch(machineConfig(image, once), { skip_launch: true });
    expect((await api.ask(`GET ${machine}/wait?state=stopped`)).status).toBe(200);
    await api.ask(`POST ${machine}/start`);
    expect((await api.ask(`GET ${machine}/wait?state=destroyed`)).status).toBe(200);
    const exit = (await events(machine)).find(({ type }) => type === 'exit');
    expect(exit?.request?.exit_event).toMatchObject({
      exit_code: 3,
      restarting: false,
      requested_stop: false,
    });
    expect((await api.ask('GET /v1/apps/shop/machines')).body).toEqual([]);
  });

  it('gives its process the staged secrets at its next start', async () => {
    const { body } = await api.ask('POST /v1/apps/shop/secrets', {
      body: { values: { SHOP_HEALTH: 'failing' } },
    });
    expect(body).toMatchObject({
      version: 1,
      secrets: [{ name: 'SHOP_HEALTH', digest: expect.any(String) }],
    });
    const machine = await launch(machineConfig(images.v1));
    await api.ask(`GET ${machine}/wait?state=started`);
    expect((await api.ask(`GET ${machine}`)).body.checks[0].status).toBe('critical');
  });

  it('shows each line of its log once, and a token to go on with', async () => {
    const machine = await launch(machineConfig(images.v1));
    await api.ask(`GET ${machine}/wait?state=started`);
    const id = machine.split('/').at(-1);
    const read = (token: string) => api.ask(`GET /api/v1/apps/shop/logs?instance=${id}&next_token=${token}`);
    const { body: first } = await read('');
    expect(first.data[0].attributes.message).toMatch(/^shop v1 listens on \d+$/);
    expect((await read(first.meta.next_token)).body.data).toEqual([]);
  });
});
