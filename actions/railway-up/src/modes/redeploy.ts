import type { OpenRailway } from '#core/railway';
import { commitServing, describeRedeploy, redeployOf } from '#core/railway';
import type { Mode, ModeParts } from './mode.ts';
import { shippingMode } from './shipping-mode.ts';

/** Deploys what serves once more. Its commit is that of what serves, whatever the event is about. */
export async function openRedeploy(parts: ModeParts): Promise<Mode> {
  const railway = await parts.opening;
  const commit = parts.given.commit === undefined ? commitServing(railway.instance) : parts.commit;
  return shippingMode(parts, railway, {
    source: { kind: 'redeploy' },
    commit,
    would: wouldRedeploy(railway),
  });
}

function wouldRedeploy({ instance }: OpenRailway): string {
  const redeploy = redeployOf(instance);
  return 'reason' in redeploy ? `It would be refused: ${redeploy.what}.` : describeRedeploy(redeploy);
}
