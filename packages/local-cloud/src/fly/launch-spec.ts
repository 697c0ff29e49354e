import type { AppSpec } from '../apps/apps.ts';
import type { Machine } from './machine.ts';
import { commandOf } from './machine-config.ts';

/** What the machine's image runs, with the environment Fly gives it: image, then config, then secrets, then its own. */
export function processSpec(machine: Machine): AppSpec {
  const { image } = machine;
  if (image === undefined) throw new Error(`machine ${machine.id} was never configured`);
  const command = commandOf(machine.config);
  return {
    app: image.app,
    env: { ...image.env, ...machine.config.env, ...machine.secrets, ...runtimeEnv(machine) },
    ...(command === undefined ? {} : { command }),
  };
}

function runtimeEnv(machine: Machine): Record<string, string> {
  return {
    FLY_APP_NAME: machine.app.name,
    FLY_ALLOC_ID: machine.id,
    FLY_IMAGE_REF: machine.config.image,
    FLY_MACHINE_ID: machine.id,
    FLY_MACHINE_VERSION: machine.instanceId,
    FLY_REGION: machine.region,
  };
}
