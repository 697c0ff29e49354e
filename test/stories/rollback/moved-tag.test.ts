import { afterAll, beforeAll, expect, it } from 'vitest';
import { commits } from '#local-cloud';
import { pastImage } from '../../support/past-deploys.ts';
import { type RollbackFleet, rollbackFleet } from '../../support/rollback-fleet.ts';
import { ended, logOf, shopChecks } from '../../support/shop-stage.ts';

let fleet: RollbackFleet;
beforeAll(async () => {
  fleet = await rollbackFleet();
});
afterAll(() => fleet.close());

const unsure =
  'Whether v2 can be brought back is not known: Fly names its image by the tag ' +
  `${pastImage('good')}, which may have been moved since, and no record tells its digest.`;

it('a rollback by a tag whose digest no record knows says in its summary that the build is not known, and never that it serves already', async () => {
  await fleet.begin({ built: true });
  await fleet.past(
    { version: 'good', verdict: 'pass', built: true, digestKnown: false },
    { version: 'bad', verdict: 'pass', built: true, commit: commits.v2 },
  );
  fleet.stage.cloud.images.put(pastImage('good'), { app: 'shop', env: { VERSION: 'moved' }, labels: {} });
  const rehearsed = await fleet.rollback({ 'dry-run': 'true', to: 'v2', reason: 'v3 loses orders' });
  expect(rehearsed.main.summary, logOf(rehearsed)).toContain(unsure);
  for (const _ of ['once', 'and once more']) {
    const result = await fleet.rollback({ to: 'v2', reason: 'v3 loses orders', checks: shopChecks });
    expect(ended(result), logOf(result)).toBe('restored/verified, serving old');
    expect(result.main.summary).toContain(unsure);
    expect(await fleet.served()).toBe('moved');
  }
});
