import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretLines } from '../../packages/core/src/platforms/fly/secrets/secret-lines.ts';
import { Fly } from '../../packages/local-cloud/src/fly/index.ts';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { fitSecret, usualSecrets } from '../support/nasty-secrets.ts';
import { runClient } from './run-client.ts';

const { path, why } = findFlyctl();

describe.skipIf(path === undefined)(
  `secrets by the stdin of the real flyctl${why === undefined ? '' : ` (skipped: ${why})`}`,
  () => {
    it('reach Fly as they were given, whatever they hold', async () => {
      const nasty = fc.sample(fitSecret, { numRuns: 500, seed: 5 });
      const secrets = { ...usualSecrets, ...Object.fromEntries(nasty.map((value, at) => [`S${at}`, value])) };
      const argv = ['secrets', 'import', '--stage', '--app', 'shop'];
      const stdin = secretLines(secrets);
      let taken = {};
      const { exit } = await runClient([path ?? ''], { name: 'secrets', argv, stdin }, (cloud) => {
        const fly = cloud.service('fly');
        const app = fly instanceof Fly ? fly.world.apps.get('shop') : undefined;
        taken = Object.fromEntries([...(app?.secrets ?? [])].map(([name, { value }]) => [name, value]));
      });
      expect(exit).toBe(0);
      expect(taken).toEqual(secrets);
    });
  },
);
