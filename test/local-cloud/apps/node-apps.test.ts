import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { type AppInstance, CloudClock, commits, Images, images, NodeApps, seedImages } from '#local-cloud';
import { eventually } from '../../support/eventually.ts';

const clock = new CloudClock();
const apps = new NodeApps(clock);
const registry = new Images(seedImages);

afterAll(() => apps.close());

async function start(ref: string, command?: readonly string[]): Promise<AppInstance> {
  const image = registry.resolve(ref);
  if (image === undefined) throw new Error(`no image ${ref}`);
  return apps.start({ app: image.app, env: image.env, ...(command === undefined ? {} : { command }) });
}

async function startServing(ref: string): Promise<AppInstance> {
  const instance = await start(ref);
  await eventually(() => lines(instance).some((line) => line.includes('listens')));
  return instance;
}

function lines(instance: AppInstance): string[] {
  return instance.log.map(({ line }) => line);
}

async function get(
  instance: { readonly port: number },
  path: string,
): Promise<{ status: number; text: string }> {
  const answer = await fetch(`http://127.0.0.1:${instance.port}${path}`);
  return { status: answer.status, text: await answer.text() };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Only connects: a request would make the application print into a pipe that nobody reads. */
async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const listening = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return listening;
}

describe('the shop', () => {
  it('serves its version, its health, its items and the assets its page names', async () => {
    const shop = await startServing(images.v1);
    expect(await get(shop, '/version.json')).toEqual({
      status: 200,
      text: `{"version":"v1","commit":"${commits.v1}"}`,
    });
    expect(await get(shop, '/healthz')).toEqual({ status: 200, text: '{"status":"ok"}' });
    expect(await get(shop, '/nothing')).toEqual({ status: 404, text: '{"error":"nothing at /nothing"}' });
    expect(JSON.parse((await get(shop, '/api/items')).text).items).toHaveLength(2);
    const page = (await get(shop, '/')).text;
    expect(page).toContain('<h1>Shop v1</h1>');
    const assets = page.match(/\/assets\/app-[0-9a-f]{8}\.(css|js)/g) ?? [];
    const statuses = await Promise.all(assets.map(async (path) => (await get(shop, path)).status));
    expect(statuses).toEqual([200, 200]);
  });

  it.each([
    { ref: images.v2Broken, path: '/healthz', status: 500, text: '{"status":"failing"}' },
    { ref: images.v2Error, path: '/', status: 500, text: expect.stringContaining('Shop v2') },
    { ref: images.v2ErrorBody, path: '/', status: 200, text: '{"error":"database is read-only"}' },
    {
      ref: images.v2Stale,
      path: '/version.json',
      status: 200,
      text: `{"version":"v2","commit":"${commits.v1}"}`,
    },
  ])('is broken at $path as its image $ref says', async ({ ref, path, status, text }) => {
    const shop = await startServing(ref);
    expect(await get(shop, path)).toEqual({ status, text });
    await shop.stop('SIGKILL', 0);
  });

  it('can crash as it starts', async () => {
    const shop = await start(images.v2Crash);
    expect(await shop.exited).toEqual({ code: 1, signal: null });
    expect(lines(shop)).toEqual(['fatal: cannot read the catalogue']);
    expect(shop.running).toBe(false);
  });

  it('can crash while it serves', async () => {
    const shop = await apps.start({ app: 'shop', env: { SHOP_CRASH_AFTER_MS: '10', SHOP_EXIT_CODE: '137' } });
    expect(await shop.exited).toEqual({ code: 137, signal: null });
  });

  it('can become healthy later, while its pages are served from the start', async () => {
    const shop = await apps.start({ app: 'shop', env: { SHOP_HEALTHY_AFTER_MS: '400' } });
    await eventually(() => shop.log.length > 0);
    expect(await get(shop, '/healthz')).toEqual({ status: 503, text: '{"status":"warming up"}' });
    expect((await get(shop, '/')).status).toBe(200);
    await eventually(async () => (await get(shop, '/healthz')).status === 200);
  });

  it('can be slow', async () => {
    const shop = await apps.start({ app: 'shop', env: { SHOP_SLOW_MS: '80' } });
    await eventually(() => shop.log.length > 0);
    const started = performance.now();
    await get(shop, '/');
    expect(performance.now() - started).toBeGreaterThanOrEqual(79);
  });

  it.each([
    { ref: images.v1, code: 0, said: ['running migrate', 'migrated 3 tables'] },
    {
      ref: images.v2MigrationFails,
      code: 3,
      said: ['running migrate', 'migration 0007 failed: column exists'],
    },
  ])('runs the command migrate of $ref to its end', async ({ ref, code, said }) => {
    const command = await start(ref, ['migrate']);
    expect(await command.exited).toEqual({ code, signal: null });
    expect(lines(command)).toEqual(said);
  });

  it('does not know other commands', async () => {
    expect(await (await start(images.v1, ['seed'])).exited).toEqual({ code: 127, signal: null });
  });
});

describe('an application', () => {
  it('that is not in the catalogue is refused by name', async () => {
    const what = `no application "cart" in the catalogue; it has: ${apps.catalog.join(', ')}`;
    await expect(apps.start({ app: 'cart', env: {} })).rejects.toThrow(what);
  });

  it('has a port of its own', async () => {
    const several = await Promise.all(Array.from({ length: 4 }, () => startServing(images.v1)));
    expect(new Set(several.map(({ port }) => port)).size).toBe(4);
    const statuses = await Promise.all(several.map(async (shop) => (await get(shop, '/')).status));
    expect(statuses).toEqual([200, 200, 200, 200]);
  });

  it('sees nothing of our environment', async () => {
    vi.stubEnv('SHOP_HEALTH', 'failing');
    const shop = await startServing(images.v1);
    vi.unstubAllEnvs();
    expect((await get(shop, '/healthz')).status).toBe(200);
  });

  it('stops on the signal', async () => {
    const shop = await startServing(images.v1);
    await shop.stop('SIGTERM', 60_000);
    expect(await shop.exited).toEqual({ code: null, signal: 'SIGTERM' });
    await expect(get(shop, '/')).rejects.toThrow('fetch failed');
  });

  it('that ignores the signal is killed when its time is over on the cloud clock', async () => {
    const shop = await apps.start({ app: 'shop', env: { SHOP_IGNORE_SIGTERM: 'true' } });
    await eventually(() => shop.log.length > 0);
    const stopped = shop.stop('SIGTERM', 60_000);
    await eventually(() => lines(shop).includes('SIGTERM ignored'));
    clock.advance(60_000);
    await stopped;
    expect(await shop.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('keeps its last 1,000 lines', async () => {
    const shop = await startServing(images.v1);
    for (let asked = 0; asked < 1001; asked += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, index) => get(shop, `/${asked + index}`)));
    }
    await eventually(() => lines(shop).some((line) => line.startsWith('GET /1049 ')));
    expect(shop.log).toHaveLength(1000);
    expect(lines(shop)).not.toContain('GET /0 404');
  });

  it('is listed while it runs, and gone after stopAll', async () => {
    await start(images.v1);
    const pids = apps.running().map(({ instance }) => instance.pid);
    expect(pids.every(isAlive)).toBe(true);
    await apps.stopAll();
    expect(apps.running()).toEqual([]);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('does not outlive the process of its cloud, even when that is killed', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'belay-test-'));
    const script = fileURLToPath(new URL('../../support/cloud-with-app.ts', import.meta.url));
    const args = ['--conditions=source', script, dir];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [printed] = await once(child.stdout, 'data');
    const port = Number(printed);
    expect(await listens(port)).toBe(true);
    child.kill('SIGKILL');
    // Its port and not its process id: a container without an init keeps the dead in the process table.
    await eventually(async () => !(await listens(port)));
    await rm(dir, { recursive: true });
  });
});
