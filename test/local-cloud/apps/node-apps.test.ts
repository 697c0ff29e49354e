import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { type AppInstance, images } from '#local-cloud';
import { catalogue, get, lines } from '../../support/catalogue.ts';
import { eventually } from '../../support/eventually.ts';

const { apps, clock, serving, imageSpec } = catalogue();

const startServing = (ref: string): Promise<AppInstance> => serving(imageSpec(ref));

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
    await apps.start(imageSpec(images.v1));
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
