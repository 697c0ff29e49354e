import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startCloud } from '#local-cloud';
import { echoService } from '../support/echo-service.ts';
import { proxied, secureTunnel } from '../support/proxied.ts';

describe('a cloud', () => {
  it('is all a client needs: a proxy and a CA', async () => {
    await using cloud = disposable(await startCloud({ services: [echoService] }));
    expect(cloud.env).toEqual({
      HTTPS_PROXY: cloud.proxyUrl,
      SSL_CERT_FILE: cloud.caFile,
      NODE_EXTRA_CA_CERTS: cloud.caFile,
    });
    expect(await readFile(cloud.caFile, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
  });

  it('stands beside another, and neither trusts the other', async () => {
    await using one = disposable(await startCloud({ services: [echoService] }));
    await using other = disposable(await startCloud({ services: [echoService] }));
    const mixed = proxied({ proxyUrl: one.proxyUrl, caFile: other.caFile }, 'https://api.echo.test/plain');
    await expect(mixed).rejects.toThrow(/self-signed certificate|signature failure|unable to/);
  });

  it('closes more than once: connections cut, services closed, applications ended, its directory gone', async () => {
    const cloud = await startCloud({ services: [echoService] });
    const echo = cloud.service(echoService);
    const app = await cloud.apps.start({ app: 'shop', env: {} });
    const idle = await secureTunnel(cloud, 'api.echo.test');
    const cut = new Promise((resolve) => idle.once('close', resolve).on('error', () => undefined));
    await Promise.all([cloud.close(), cloud.close()]);
    await cloud.close();
    await cut;
    expect({ closed: echo.closed, running: app.running, dir: existsSync(cloud.dir) }).toEqual({
      closed: 1,
      running: false,
      dir: false,
    });
    await expect(proxied(cloud, 'https://api.echo.test/plain')).rejects.toThrow('ECONNREFUSED');
  });

  it('leaves a directory it was given', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'belay-test-'));
    const cloud = await startCloud({ services: [], dir });
    await cloud.close();
    expect(existsSync(join(dir, 'ca.pem'))).toBe(true);
    await rm(dir, { recursive: true });
  });

  it('says so when its port is taken, and leaves nothing behind', async () => {
    await using first = disposable(await startCloud({ services: [] }));
    const port = Number(new URL(first.proxyUrl).port);
    const dir = await mkdtemp(join(tmpdir(), 'belay-test-'));
    vi.stubEnv('TMPDIR', dir);
    await expect(startCloud({ services: [], port })).rejects.toThrow('EADDRINUSE');
    vi.unstubAllEnvs();
    expect(await readdir(dir)).toEqual([]);
    await rm(dir, { recursive: true });
  });

  it('hands out its services by name, or with their own type by factory', async () => {
    await using cloud = disposable(await startCloud({ services: [echoService] }));
    expect(cloud.service('echo')).toBe(cloud.service(echoService));
    expect(cloud.service('downloads')).toBe(cloud.downloads);
    expect(() => cloud.service('fly')).toThrow(
      'no service named "fly" in this cloud; it has: echo, downloads',
    );
  });
});

function disposable<T extends { close(): Promise<void> }>(cloud: T): T & AsyncDisposable {
  return Object.assign(cloud, { [Symbol.asyncDispose]: () => cloud.close() });
}
