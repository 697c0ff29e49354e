import type { PlatformFailure } from '../platforms/platform.ts';
import { failureFor } from './failures.ts';
import type { RolloutPorts } from './ports.ts';
import { describeRun } from './wording.ts';

/**
 * Why nothing may be switched any more: somebody has begun to take the target back since the records were last looked
 * at. For what takes its time between that look and the change. Undefined where nobody has, or the records do not tell.
 */
export async function rollbackMeanwhile({
  turn,
}: Pick<RolloutPorts, 'turn'>): Promise<PlatformFailure | undefined> {
  const by = await turn?.rollback(undefined).catch(() => undefined);
  return by && failureFor('superseded', `A rollback, ${describeRun(by)}, takes the target back.`);
}
