import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clientEnvironment, commits, demo, fly, images } from '#local-cloud';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { openStage, type Stage } from '../../scripts/stage.ts';
import { annotations, ended } from '../support/shop-stage.ts';
import { addUnmanagedMachine } from '../support/unmanaged-machines.ts';

const { path, why } = findFlyctl();
const checks = '- { name: home, http: GET /, expect: { status: 200 } }';

describe.skipIf(path === undefined)(
  `the real flyctl beside what it does not manage, and what is out of sight${why === undefined ? '' : ` (skipped: ${why})`}`,
  () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await openStage();
      expect(stage.flyctl.kind).toBe('real');
    });
    beforeEach(() => stage.cloud.reset());
    afterAll(() => stage.close());

    const emulator = () => stage.cloud.service(fly);
    const machines = () => [...(emulator().world.apps.get(demo.fly.app)?.machines.values() ?? [])];
    const deploy = (inputs: Readonly<Record<string, string>> = {}) => {
      const common = { 'fly-app': demo.fly.app, 'fly-token': demo.fly.token, 'wait-timeout': '5s' };
      return stage.run('fly-deploy', { ...common, image: images.v3, ...inputs }, { sha: commits.v3 });
    };

    /** A command as the advice has it, given to the real client as people do. */
    async function follow(advice: string, command: RegExp): Promise<void> {
      const [line = ''] = command.exec(advice) ?? [];
      const [, ...args] = line.split(' ');
      const env = { ...clientEnvironment(stage.cloud), HOME: stage.temp, PATH: process.env.PATH };
      const client = spawn(stage.flyctl.path, args, { cwd: stage.temp, env });
      client.stdin.end();
      const said = Promise.all([text(client.stdout), text(client.stderr)]);
      const [code] = await once(client, 'close');
      expect([code, await said]).toEqual([0, expect.anything()]);
    }

    it.each([
      ['has a machine managed', /fly machine update [^`]*/, 3],
      ['destroys one', /fly machine destroy [^`]*/, 2],
    ])('%s by the command that the gate names', async (_, command, count) => {
      await addUnmanagedMachine(emulator(), { image: images.v1 });
      const refused = await deploy();
      expect(ended(refused)).toBe('blocked/unmanaged-machines, serving mixed');
      await follow(annotations(refused).join('\n'), command);
      await emulator().settled();
      await sleep(2000);
      const result = await deploy({ checks });
      expect([ended(result), annotations(result)]).toEqual(['live/verified, serving new', []]);
      expect(machines().filter(({ state }) => state === 'started')).toHaveLength(count);
    });

    it.each(['rolling', 'immediate', 'canary', 'bluegreen'])(
      'goes by %s to the machines whose hosts answer',
      async (strategy) => {
        const [lost] = machines();
        if (lost === undefined) throw new Error('the demo has machines');
        await emulator().world.fleet.loseHost(lost);
        const result = await deploy({ strategy, checks, timeout: '2m' });
        expect(ended(result)).toBe('live/verified, serving new');
        expect(annotations(result)).toEqual([
          `warning: The host of machine ${lost.id} does not answer: which release it has, and whether it serves, is not known.`,
        ]);
      },
      60_000,
    );
  },
);
