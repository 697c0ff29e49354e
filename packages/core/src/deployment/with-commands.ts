import type { OpenPlatform } from '../platforms/open-platform.ts';
import type { InstanceHealth } from '../platforms/platform.ts';
import type { RolloutVerdict } from '../rollout/plan.ts';

/** The same verdict; where something is missing, with the commands that bring it back. `seen`: its instances, just now. */
export async function withCommands(
  verdict: RolloutVerdict,
  open: Pick<OpenPlatform, 'withCommands'>,
  seen?: readonly InstanceHealth[],
): Promise<RolloutVerdict> {
  const { cause } = verdict;
  return cause === undefined ? verdict : { ...verdict, cause: await open.withCommands(cause, seen) };
}
