import type { PlatformModule } from '../../../../packages/core/src/deployment/platform-module.ts';
import { platformsOf } from '../../../../packages/core/src/platforms/by-name.ts';
import { ModelPlatform } from './adapter.ts';
import { type ModelGiven, namesModel } from './inputs.ts';
import { modelTarget, type OpenModel, openModel } from './open.ts';
import type { ModelWorld } from './world.ts';

/** The model of a world, for whoever knows platforms by the registry alone: no instances, and no tools. */
export interface ModelModule extends PlatformModule<ModelGiven> {
  open(...asked: Parameters<PlatformModule<ModelGiven>['open']>): Promise<OpenModel>;
}

function modelOf(world: ModelWorld): ModelModule {
  const target = modelTarget(world);
  return {
    target: () => target,
    open: async (ports) => openModel(world, ports),
    look:
      ({ clock }) =>
      async () => ({ target, live: await new ModelPlatform(world, clock, '').live(target) }),
    toldOfToken: async (result) => result,
  };
}

/** A registry with the model alone. */
export function platformsIn(world: ModelWorld) {
  const registry = { model: async () => ({ platform: modelOf(world) }) } as const;
  return platformsOf(registry, { model: namesModel });
}
