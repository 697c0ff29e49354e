import { describe, expect, it } from 'vitest';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { rollbackFleet } from '../support/rollback-fleet.ts';
import { annotations, ended, logOf, shopChecks } from '../support/shop-stage.ts';

const { path, why } = findFlyctl();
/** Asked once more after 5 s, which is not the point here. */
const checks = shopChecks.replaceAll('http:', 'retry: { attempts: 1 }\n  http:');
const healthz = [{ interval: '1s', timeout: '2s', path: '/healthz' }];

describe.skipIf(path === undefined)(
  `an \`internal_port\` where nobody listens, and the real flyctl${why === undefined ? '' : ` (skipped: ${why})`}`,
  () => {
    // flyctl looks for fifteen seconds for who listens.
    it.concurrent.each<[string, object, string]>([
      ['is taken back where flyctl’s health checks find it', { checks: healthz }, 'restored/unhealthy'],
      ['is taken back where flyctl calls it deployed', {}, 'restored/checks-failed'],
    ])('%s', async (_, more, end) => {
      const fleet = await rollbackFleet('any');
      try {
        expect(fleet.stage.flyctl.kind).toBe('real');
        await fleet.begin({});
        const service = { internal_port: 3000, ...more };
        await fleet.writeConfig({ app: 'shop', primary_region: 'iad', http_service: service });
        const result = await fleet.deploy({ config: 'fly.json', image: fleet.image('good'), checks });
        expect(ended(result), logOf(result)).toBe(`${end}, serving old`);
        expect(annotations(result).join('\n')).toContain('let it listen on 0.0.0.0, at the `internal_port`');
        const machines = fleet.listed().map(({ state, runs }) => `${state} ${runs}`);
        expect([machines, await fleet.served()]).toEqual([['started first', 'started first'], 'first']);
      } finally {
        await fleet.close();
      }
    });
  },
);
