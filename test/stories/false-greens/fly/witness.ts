import { demo } from '#local-cloud';
import type { Machine } from '../../../packages/local-cloud/src/fly/machine.ts';
import { proxied } from '../../support/proxied.ts';
import type { Seen } from './case.ts';
import type { Ground } from './ground.ts';

/** More than there are machines: the proxy sends to each in turn. */
const requests = 8;

/** Asks from outside, over HTTPS and through the proxy as a browser does; and lists the machines. */
export async function witness(ground: Ground): Promise<Seen> {
  // Side by side: the proxy lets one wait that asks for a machine on its way.
  const answers = await Promise.all(Array.from({ length: requests }, () => homePage(ground)));
  return { answers: [...new Set(answers)].sort(), running: running(ground) };
}

/** `v2`, where the shop's page came; else the status, with the version where the answer has one. */
async function homePage({ stage }: Ground): Promise<string> {
  const { status, text } = await proxied(stage.cloud, `https://${demo.fly.host}/`).catch(() => ({
    status: 0,
    text: '',
  }));
  if (status === 0) return 'no answer';
  const version = /<h1>Shop (\w+)<\/h1>/.exec(text)?.[1];
  if (status === 200) return version ?? 'an error page with status 200';
  return version === undefined ? String(status) : `${version}: ${status}`;
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
