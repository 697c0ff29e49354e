import { type Cloud, demo } from '#local-cloud';
import type { Trouble, Watch } from '../case.ts';
import { versionsServed } from '../outside.ts';
import type { RailwayStory } from '../story.ts';
import { railwaySeed } from './scenes.ts';
import { watchRailway } from './witness.ts';

/** Railway as a story finds it, with what is wrong with its sockets. */
export async function beginRailway(
  cloud: Cloud,
  { scene }: RailwayStory,
  { switches = {} }: Trouble,
): Promise<Watch> {
  const railway = cloud.service(railwaySeed);
  // Whoever asks first starts what has been deployed.
  await versionsServed(cloud, demo.railway.host);
  Object.assign(railway.switches, switches);
  if (scene.fate !== undefined) railway.next({ service: demo.railway.service }, scene.fate);
  return watchRailway(cloud);
}
