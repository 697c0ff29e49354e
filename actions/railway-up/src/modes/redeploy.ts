import type { OpenRailway } from '#core/railway';
import { describeRedeploy, redeployOf } from '#core/railway';
import type { Mode, ModeParts } from './mode.ts';
import { shippingMode } from './shipping-mode.ts';

/** Deploys what serves once more. Its commit is that of what serves, whatever the event is about. */
export async function openRedeploy(parts: ModeParts): Promise<Mode> {
  const railway = await parts.opening;
  const commit = parts.given.commit === undefined ? await commitOf(railway) : parts.commit;
  return shippingMode(parts, railway, {
    source: { kind: 'redeploy' },
    commit,
    would: wouldRedeploy(railway),
  });
}

async function commitOf({ platform, target }: OpenRailway): Promise<string | undefined> {
  const live = await platform.live(target);
  return live.kind === 'one' ? live.release.commit : undefined;
}

function wouldRedeploy({ instance }: OpenRailway): string {
  const redeploy = redeployOf(instance);
  return 'reason' in redeploy ? `It would be refused: ${redeploy.what}.` : describeRedeploy(redeploy);
}
