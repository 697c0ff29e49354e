import type { ActionResult, Ports } from '#core';
import { installFlyctl } from '#core/fly';
import type { FlyDeployInputs } from './inputs.ts';

/** Puts flyctl on PATH, and does no more. */
export async function install(ports: Ports, given: FlyDeployInputs): Promise<ActionResult> {
  const { path, version } = await installFlyctl(ports, given);
  const headline = `flyctl ${version} is installed at ${path} and on PATH.`;
  return { outcome: 'done', reason: 'installed', ok: true, outputs: {}, headline };
}
