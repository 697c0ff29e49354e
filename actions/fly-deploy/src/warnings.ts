import type { RolloutVerdict } from '#core/deployment';
import { unheededSize } from '#core/fly';
import type { FlyDeployInputs } from './inputs.ts';
import { sizeOf } from './machine-inputs.ts';
import type { OpenFlyDeploy } from './open.ts';

/** What came of the inputs and is neither success nor failure, but to be known. */
export async function warningsOf(
  { fly, secrets }: OpenFlyDeploy,
  inputs: FlyDeployInputs,
  verdict: RolloutVerdict,
): Promise<readonly string[]> {
  const size = verdict.serving === 'new' ? sizeOf(inputs) : undefined;
  const machines = size === undefined ? [] : await fly.api.machines(fly.target.name).catch(() => []);
  const warnings = [secrets.warning(verdict), size && unheededSize(machines, fly.scope, size)];
  return [...warnings.filter((sentence) => sentence !== undefined), ...fly.beside().warnings];
}
