import type { Cloud } from '#local-cloud';
import type { Trouble, Watch } from './case.ts';
import { interruptionOf } from './looks.ts';
import type { FlyStory } from './story.ts';
import { flySeed } from './story-fly.ts';
import { Witness } from './witness.ts';

/** Fly as a story finds it, with what comes between its calls. */
export async function beginFly(cloud: Cloud, { scene }: FlyStory, { incident }: Trouble): Promise<Watch> {
  const fly = cloud.service(flySeed);
  fly.scene = scene;
  await fly.settled();
  await scene.since?.(fly, cloud.images);
  const witness = new Witness(cloud);
  fly.interrupt(incident && interruptionOf(incident, cloud, () => witness.sawAnotherDeploy()));
  return witness;
}
