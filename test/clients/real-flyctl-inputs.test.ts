import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commits, demo, fly, images } from '#local-cloud';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { openStage, type RunOptions, type Stage } from '../../scripts/stage.ts';

const { path, why } = findFlyctl();
const checks = '- { name: home, http: GET /, expect: { status: 200 } }';
const key = '-----BEGIN KEY-----\nhush-one#1\n"hush" two\n-----END KEY-----\n';

describe.skipIf(path === undefined)(
  `the inputs of fly-deploy, as the real flyctl takes them${why === undefined ? '' : ` (skipped: ${why})`}`,
  () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await openStage();
      expect(stage.flyctl.kind).toBe('real');
    });
    afterAll(() => stage.close());

    const app = () => stage.cloud.service(fly).world.apps.get(demo.fly.app);
    const machines = () => [...(app()?.machines.values() ?? [])];

    async function deploy(inputs: Record<string, string>, options: RunOptions = {}) {
      // Nobody deploys six times in ten seconds, and Fly's rate limits know it.
      await sleep(2000);
      const common = { 'fly-app': demo.fly.app, 'fly-token': demo.fly.token, 'wait-timeout': '5s' };
      const { main, job } = await stage.run('fly-deploy', { ...common, ...inputs }, options);
      const { outcome, reason, serving } = main.outputs;
      const log = job.log.map(({ line }) => line).join('\n');
      return { end: `${outcome}/${reason}/${serving}`, log, orphans: job.orphans };
    }

    it('secrets, the environment and the primary region reach the machines, in one release', async () => {
      const inputs = {
        image: images.v1,
        checks,
        secrets: 'API_KEY=hush#a b"c\nSIGNING_KEY',
        env: 'GREETING=a = "b" # c',
        'primary-region': 'ams',
        'vm-size': 'shared-cpu-2x',
      };
      const sign = { sha: commits.v1, env: { SIGNING_KEY: key } };
      const before = app()?.releases.length ?? 0;
      const { end, log, orphans } = await deploy(inputs, sign);
      expect({ end, orphans }).toEqual({ end: 'live/verified/new', orphans: [] });
      expect(app()?.releases.length).toBe(before + 1);
      for (const { secrets, config } of machines()) {
        expect(secrets).toEqual({ API_KEY: 'hush#a b"c', SIGNING_KEY: key });
        expect(config.env).toMatchObject({ GREETING: 'a = "b" # c', PRIMARY_REGION: 'ams' });
        expect(config).toMatchObject({ guest: { cpus: 1 } });
      }
      expect(log).not.toContain('hush');
      expect(log).toContain('2 machines do not have the size asked for');
      const again = await deploy(inputs, sign);
      expect(again.end).toBe('unchanged/already-live/new');
    });

    it('a restore after other secrets is of the image only', async () => {
      const inputs = { image: images.v2Error, checks, secrets: 'API_KEY=hush-other' };
      const { end, log } = await deploy(inputs, { sha: commits.v2 });
      expect(end).toBe('restored/restored-image-only/old');
      expect(log).toContain('The secret API_KEY was set anew');
    });

    it('nothing of the secrets stays on the machine', async () => {
      expect(readdirSync(stage.temp, { recursive: true }).map(String)).not.toContainEqual(
        expect.stringMatching(/belay-fly-/),
      );
    });

    it('a build is given its Dockerfile, stage, secrets and builder, each by a flag flyctl knows', async () => {
      writeFileSync(join(stage.workspace, 'Dockerfile.web'), `FROM ${images.v3} AS web\n`);
      for (const builder of ['depot', 'fly', 'buildkit', 'nixpacks', 'local']) {
        const { log } = await deploy(
          {
            dockerfile: 'Dockerfile.web',
            'build-target': 'web',
            'build-secrets': 'NPM=hush-npm',
            builder,
            timeout: '10s',
          },
          { sha: commits.v3 },
        );
        expect(log).toContain('==> Building image');
        expect(log).not.toMatch(/unknown flag|invalid value for/);
        expect(log).not.toContain('hush');
      }
    });

    it('an app that is private is given no address, and has as many machines as were asked for', async () => {
      const { world } = stage.cloud.service(fly);
      const old = app();
      if (old !== undefined) world.destroyApp(old);
      world.createApp(demo.fly.app);
      const inputs = { private: 'true', ha: 'false', 'vm-size': 'shared-cpu-2x', 'vm-memory': '1gb' };
      const proof = { checks: '- { name: machines, fly-machines: true }', image: images.v3 };
      const { end } = await deploy({ ...inputs, ...proof }, { sha: commits.v3 });
      expect(end).toBe('live/verified/new');
      expect(app()?.ips).toEqual([]);
      expect(machines().map(({ config }) => config)).toEqual([
        expect.objectContaining({ guest: expect.objectContaining({ cpus: 2, memory_mb: 1024 }) }),
      ]);
    });
  },
);
