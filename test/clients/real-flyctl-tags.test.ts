import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { commits } from '#local-cloud';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { type PastDeploy, pastImage } from '../support/past-deploys.ts';
import { type RollbackFleet, rollbackFleet } from '../support/rollback-fleet.ts';
import { annotations, ended, logOf, shopChecks } from '../support/shop-stage.ts';

const { path, why } = findFlyctl();
/** Asked once more after 5 s, which is not the point here. */
const checks = shopChecks.replaceAll('http:', 'retry: { attempts: 1 }\n  http:');
const good: PastDeploy = { version: 'good', verdict: 'pass', built: true };
const bad: PastDeploy = { version: 'bad', verdict: 'pass', built: true, commit: commits.v2 };

describe.skipIf(path === undefined)(
  `releases that Fly names by tags, and the real flyctl${why === undefined ? '' : ` (skipped: ${why})`}`,
  () => {
    let fleet: RollbackFleet;
    beforeAll(async () => {
      fleet = await rollbackFleet('any');
      expect(fleet.stage.flyctl.kind).toBe('real');
    });
    beforeEach(() => fleet.begin({ built: true }));
    afterAll(() => fleet?.close());

    const digestOf = (ref: string) => fleet.stage.cloud.images.resolve(ref)?.digest;
    /** Another build under the tag of an older one. */
    const move = (version: string) => {
      const before = digestOf(pastImage(version));
      const env = { VERSION: 'moved', SHOP_ROOT_STATUS: '500' };
      fleet.stage.cloud.images.put(pastImage(version), { app: 'shop', env, labels: {} });
      expect(digestOf(pastImage(version))).not.toBe(before);
      return before;
    };
    const releases = () => fleet.app().releases.map(({ imageRef }) => imageRef);
    const digests = () => fleet.machines().map(({ imageRef }) => imageRef.digest);

    it('a restore brings back the digest that ran, not what its tag is today', async () => {
      const ran = move('first');
      const result = await fleet.deploy({ image: fleet.image('bad', { SHOP_ROOT_STATUS: '500' }), checks });
      expect(ended(result), logOf(result)).toBe('restored/checks-failed, serving old');
      expect([digests(), await fleet.served()]).toEqual([[ran, ran], 'first']);
      expect([releases()[0], releases().at(-1)]).toEqual([pastImage('first'), `registry.fly.io/shop@${ran}`]);
    });

    it('a rollback brings back the digest that the record tells, not what its tag is today', async () => {
      await fleet.past(good, bad);
      const ran = move('good');
      const result = await fleet.rollback({ checks });
      expect(ended(result), logOf(result)).toBe('restored/verified, serving old');
      expect([digests(), await fleet.served()]).toEqual([[ran, ran], 'good']);
      expect(releases().slice(1, 3)).toEqual([pastImage('good'), pastImage('bad')]);
    });

    it('a rollback to what no record tells the digest of is warned of, and its checks judge what the tag is today', async () => {
      await fleet.past({ ...good, digestKnown: false }, bad);
      move('good');
      const result = await fleet.rollback({ checks });
      const { outcome, reason } = result.main.outputs;
      expect([outcome, reason, await fleet.served()]).toEqual(['stranded', 'restore-failed', 'moved']);
      expect(annotations(result)[0]).toBe(
        'warning: Whether v2 can be brought back is not known: Fly names its image by the tag ' +
          `${pastImage('good')}, which may have been moved since, and no record tells its digest.`,
      );
    });
  },
);
