import { type ChildProcessByStdio, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { demo } from '#local-cloud';
import { formatEnvironment } from '../../packages/local-cloud/src/environment.ts';

const hasCurl = spawnSync('curl', ['--version']).status === 0;
const cli = fileURLToPath(new URL('../../packages/local-cloud/src/cli.ts', import.meta.url));
const run = promisify(execFile);

let started: ChildProcessByStdio<null, Readable, null> | undefined;
afterEach(() => started?.kill('SIGKILL'));

/** The printed text, once the cloud is up. */
async function start(...args: string[]): Promise<string> {
  started = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [printed] = await once(started.stdout, 'data');
  return String(printed);
}

describe('npm run cloud', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints the environment, serves it, and ends cleanly on %s',
    async (signal) => {
      const dir = await mkdtemp(join(tmpdir(), 'belay-test-'));
      const env = JSON.parse(await start('--format', 'json', '--state', dir));
      expect(env).toEqual({
        HTTPS_PROXY: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        SSL_CERT_FILE: join(dir, 'ca.pem'),
        NODE_EXTRA_CA_CERTS: join(dir, 'ca.pem'),
        https_proxy: env.HTTPS_PROXY,
        NO_PROXY: 'localhost,127.0.0.1',
        no_proxy: 'localhost,127.0.0.1',
        CURL_CA_BUNDLE: join(dir, 'ca.pem'),
        BELAY_CLOUD_URL: `${env.HTTPS_PROXY}/_cloud`,
        BELAY_CLOUD_DNS: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        FLY_APP: 'shop',
        FLY_ORG: 'demo',
        FLY_API_TOKEN: 'demo_fly_token',
        FLY_CONFIG_DIR: join(dir, 'fly-config'),
        FLY_SEND_METRICS: '0',
        FLY_SYNTHETICS_AGENT: '0',
        FLY_NO_UPDATE_CHECK: '1',
        FLY_NO_INCIDENTS_CHECK: '1',
        FLY_TRACE_COLLECTOR_URL: '127.0.0.1:9',
        NO_COLOR: '1',
        RAILWAY_TOKEN: 'demo_railway_token',
        RAILWAY_WORKSPACE_TOKEN: 'demo_railway_workspace_token',
        RAILWAY_ACCOUNT_TOKEN: 'demo_railway_account_token',
        RAILWAY_PROJECT_ID: demo.railway.projectId,
        RAILWAY_ENVIRONMENT_ID: demo.railway.environmentId,
        RAILWAY_SERVICE_ID: demo.railway.serviceId,
        RAILWAY_NO_AUTO_UPDATE: '1',
        RAILWAY_NO_TELEMETRY: '1',
        GITHUB_TOKEN: 'demo_github_token',
        GITHUB_REPOSITORY: 'acme/shop',
      });
      const images = await fetch(`${env.BELAY_CLOUD_URL}/images`);
      expect(images.status).toBe(200);
      await images.body?.cancel();
      started?.kill(signal);
      expect(await once(started ?? process, 'exit')).toEqual([0, null]);
      await rm(dir, { recursive: true });
    },
  );

  it.each([
    { args: ['--format', 'xml'], error: '--format: expected one of shell, json, dotenv, got xml' },
    { args: ['--port', '70000'], error: '--port: expected 0 to 65535, got 70000' },
    { args: ['--repository', '/'], error: '--repository: expected a directory in a git checkout, got /' },
    { args: ['--prot', '1'], error: "Unknown option '--prot'" },
    { args: ['extra'], error: "Unexpected argument 'extra'" },
  ])('refuses $args with its usage', async ({ args, error }) => {
    const failed = await run(process.execPath, [cli, ...args]).catch((failure) => failure);
    expect(failed).toMatchObject({ code: 1, stdout: '' });
    expect(failed.stderr).toContain(error);
    expect(failed.stderr).toContain('npm run cloud -- [--format shell|json|dotenv]');
  });
});

describe.skipIf(!hasCurl)(
  `curl with what npm run cloud prints${hasCurl ? '' : ' (skipped: no curl on PATH)'}`,
  () => {
    /** Runs a line of shell as README.md has it, in a shell that had other proxies and certificates before. */
    async function shell(line: string): Promise<string> {
      const printed = await start('--format', 'shell');
      const before = { https_proxy: 'http://127.0.0.1:9', no_proxy: '*', CURL_CA_BUNDLE: '/nowhere.pem' };
      const env = { PATH: process.env.PATH, ...before };
      const { stdout } = await run('/bin/sh', ['-c', `${printed}\n${line}`], { env });
      return stdout;
    }

    it('reaches what the demo’s app serves', async () => {
      const answer = JSON.parse(await shell('curl -sS --fail https://shop.fly.dev/version.json'));
      expect(answer).toMatchObject({ version: 'v1' });
    });

    it('reads at the printed address what can be asked', async () => {
      const page = JSON.parse(await shell('curl -sS --fail $BELAY_CLOUD_URL/'));
      expect(page.applications).toEqual(['https://shop.fly.dev', 'https://web-production.up.railway.app']);
    });

    it('asks the control API', async () => {
      const moved = JSON.parse(
        await shell(`curl -sS --fail -d '{"advanceMs":60000}' $BELAY_CLOUD_URL/clock`),
      );
      expect(moved).toEqual({ now: expect.any(Number) });
    });

    it('is refused any host that is not emulated', async () => {
      expect(await shell('curl -sS https://example.com 2>&1 || true')).toContain('403');
    });
  },
);

describe('the environment', () => {
  const env = { PLAIN: 'a b', QUOTED: `it's "so"` };

  it.each([
    { format: 'shell', text: "export PLAIN='a b'\nexport QUOTED='it'\\''s \"so\"'\n" },
    { format: 'dotenv', text: 'PLAIN="a b"\nQUOTED="it\'s \\"so\\""\n' },
    { format: 'json', text: '{\n  "PLAIN": "a b",\n  "QUOTED": "it\'s \\"so\\""\n}\n' },
  ] as const)('is written for $format', ({ format, text }) => {
    expect(formatEnvironment(env, format)).toBe(text);
  });
});
