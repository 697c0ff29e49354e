import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTools, systemClock } from '#core/io';
import { Downloads } from '#local-cloud';
import { unpack } from '../../../packages/core/src/install/unpack.ts';

const run = promisify(execFile);
const releases = 'https://github.com/superfly/flyctl/releases';
const script = '#!/bin/sh\necho flyctl v9.9.9\n';

let dir: string;
let executable: string;
let downloads: Downloads;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'belay-test-'));
  executable = join(dir, 'some-flyctl');
  await writeFile(executable, script);
});
beforeEach(() => {
  downloads = new Downloads(join(dir, 'downloads'));
});
afterAll(() => rm(dir, { recursive: true }));

async function get(address: string, headers: Record<string, string> = {}) {
  const url = new URL(address);
  const { signal } = new AbortController();
  const request = { host: url.host, method: 'GET', url, headers, body: Buffer.alloc(0), signal };
  const { status, headers: answered, body } = (await downloads.handle(request)) ?? { status: 501 };
  return { status, location: answered?.location ?? '', body: Buffer.from(String(body ?? '')), raw: body };
}

async function follow(address: string): Promise<Buffer> {
  const { raw } = await get((await get(address)).location);
  if (!Buffer.isBuffer(raw)) throw new Error(`no content at ${address}`);
  return raw;
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

describe('a published flyctl', () => {
  it('is an archive of one executable, behind a redirect to the asset store', async () => {
    await downloads.publish('9.9.9', executable);
    const { status, location } = await get(`${releases}/download/v9.9.9/flyctl_9.9.9_Linux_x86_64.tar.gz`);
    expect(status).toBe(302);
    expect(location).toMatch(/^https:\/\/release-assets\.githubusercontent\.com\//);
    const archive = join(dir, 'fetched.tar.gz');
    await writeFile(archive, (await get(location)).raw as Buffer);
    expect((await run('tar', ['-tzf', archive])).stdout).toBe('flyctl\n');
    await run('tar', ['-xzf', archive, '-C', dir]);
    expect(await readFile(join(dir, 'flyctl'), 'utf8')).toBe(script);
    expect((await run(join(dir, 'flyctl'))).stdout).toBe('flyctl v9.9.9\n');
  });

  it('is a zip with a driver beside it for Windows, of either architecture', async () => {
    await downloads.publish('9.9.9', executable);
    for (const architecture of ['x86_64', 'arm64']) {
      const zip = join(dir, 'fetched.zip');
      const content = await follow(`${releases}/download/v9.9.9/flyctl_9.9.9_Windows_${architecture}.zip`);
      await writeFile(zip, content);
      await unpack(zip, join(dir, architecture), {
        tools: createTools({ clock: systemClock, print: () => {} }),
        signal: new AbortController().signal,
        env: process.env,
      });
      expect((await readdir(join(dir, architecture))).toSorted()).toEqual(['flyctl.exe', 'wintun.dll']);
      expect((await run(join(dir, architecture, 'flyctl.exe'))).stdout).toBe('flyctl v9.9.9\n');
    }
  });

  it.each([
    { version: '9.9.9', name: 'flyctl_9.9.9_checksums.txt' },
    { version: '0.2.84', name: 'flyctl_0.2.84_checksums.txt' },
    { version: '0.2.80', name: 'checksums.txt' },
  ])('$version has its checksums in $name', async ({ version, name }) => {
    await downloads.publish(version, executable);
    const archive = await follow(`${releases}/download/v${version}/flyctl_${version}_macOS_arm64.tar.gz`);
    const checksums = (await follow(`${releases}/download/v${version}/${name}`)).toString();
    expect(checksums.split('\n')).toContain(`${sha256(archive)}  flyctl_${version}_macOS_arm64.tar.gz`);
  });

  it('can be tampered with, and then does not match its checksums', async () => {
    await downloads.publish('9.9.9', executable);
    downloads.tamper('9.9.9');
    const archive = await follow(`${releases}/download/v9.9.9/flyctl_9.9.9_Linux_x86_64.tar.gz`);
    const checksums = (await follow(`${releases}/download/v9.9.9/flyctl_9.9.9_checksums.txt`)).toString();
    expect(checksums).not.toContain(sha256(archive));
  });

  it('is not found once withdrawn', async () => {
    await downloads.publish('9.9.9', executable);
    downloads.withdraw('9.9.9');
    expect(await get(`${releases}/download/v9.9.9/flyctl_9.9.9_Linux_x86_64.tar.gz`)).toMatchObject({
      status: 404,
    });
  });

  it('is latest when it was published last', async () => {
    await downloads.publish('9.9.8', executable);
    await downloads.publish('9.9.9', executable);
    expect(await get(`${releases}/latest`)).toMatchObject({
      status: 302,
      location: `${releases}/tag/v9.9.9`,
    });
    downloads.withdraw('9.9.9');
    expect((await get(`${releases}/latest`)).location).toBe(`${releases}/tag/v9.9.8`);
    await downloads.reset();
    expect((await get(`${releases}/latest`)).location).toBe(releases);
  });
});

describe('the asset store', () => {
  it('refuses a link without its signature, and a token carried over the redirect', async () => {
    await downloads.publish('9.9.9', executable);
    const { location } = await get(`${releases}/download/v9.9.9/flyctl_9.9.9_Linux_x86_64.tar.gz`);
    expect((await get(location.replace(/\?.*/, ''))).status).toBe(403);
    expect((await get(location, { authorization: 'Bearer s3cret' })).status).toBe(400);
  });
});

it('knows no other page of GitHub', async () => {
  expect((await get('https://github.com/superfly/flyctl')).status).toBe(501);
});
