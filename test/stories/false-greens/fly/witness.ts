import { demo } from '#local-cloud';
import type { Machine } from '../../../../packages/local-cloud/src/fly/machine.ts';
import type { Seen } from '../case.ts';
import { homePages } from '../home-pages.ts';
import type { Ground } from './ground.ts';

/** Asks from outside, and lists the machines. */
export async function witness(ground: Ground): Promise<Seen> {
  return { answers: await homePages(ground.stage.cloud, demo.fly.host), running: running(ground) };
}

function running({ fly, stage }: Ground): Seen['running'] {
  const machines = [...(fly.world.apps.get(demo.fly.app)?.machines.values() ?? [])];
  const there = machines.filter(({ state }) => !state.startsWith('destroy'));
  const groups = Map.groupBy(there, groupOf);
  const versionOf = ({ config }: Machine) =>
    stage.cloud.images.resolve(config.image)?.env.VERSION ?? 'unknown';
  const runningOf = (members: readonly Machine[]) =>
    members
      .filter(({ state }) => state === 'started')
      .map(versionOf)
      .sort();
  return Object.fromEntries([...groups].map(([group, members]) => [group, runningOf(members)]));
}

/** A machine that no deploy made has no mark of a release. */
function groupOf({ config: { metadata = {} } }: Machine): string {
  return metadata.fly_release_id === undefined ? 'not managed' : (metadata.fly_process_group ?? 'app');
}
