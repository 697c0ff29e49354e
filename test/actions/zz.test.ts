import { it } from 'vitest';
import { homeCheck, railwayStage } from '../support/railway-stage.ts';
import { logOf } from '../support/shop-stage.ts';
const shop = railwayStage();
it('b', async () => {
  await shop.up({version:'v2'}, { checks: homeCheck });
  await shop.up({ version: 'v3' }, { checks: homeCheck });
  console.log(logOf(await shop.rollback({ checks: homeCheck, 'dry-run': 'true' })));
}, 100000);
