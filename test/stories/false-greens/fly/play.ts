import { setTimeout as delay } from 'node:timers/promises';
import { commits } from '#local-cloud';
import type { Fleet, Recorded } from '../case.ts';
import type { Case } from './case.ts';
import type { Ground, OpenGround } from './ground.ts';
import { witness } from './witness.ts';

/** Plays a case twice from the same start: by the client, then by Belay. */
export async function play(ground: OpenGround, played: Case): Promise<Recorded> {
  const { name, happens, by = 'flyctl', wanted = 'v2', before = 'v1', runs = seeded(played) } = played;
  const client = await observed(ground, played, () => byClient(ground, played.client));
  const belay = await observed(ground, played, () => byBelay(ground, played.belay));
  return { name, happens, by, wanted, before, runs, client, belay };
}

async function observed<Said>(ground: OpenGround, played: Case, act: () => Promise<Said>) {
  await ground.begin(played);
  const said = await act();
  // What went wrong on the way is over; what is left of it is the case.
  ground.stage.cloud.faults.clear();
  await delay(played.laterMs ?? 0);
  await ground.fly.settled();
  return { ...said, seen: await witness(ground) };
}

function byClient(ground: Ground, client: Case['client']) {
  return typeof client === 'function' ? client(ground) : ground.flyctl(...client);
}

function byBelay(ground: Ground, belay: Case['belay']) {
  return typeof belay === 'function' ? belay(ground) : ground.belay('fly-deploy', belay, { sha: commits.v2 });
}

function seeded({ app }: Case): Fleet<number> {
  const machines = app?.machines ?? 2;
  const groups = Object.entries(app?.groups ?? {}).map(([group, { machines }]) => [group, machines]);
  return Object.fromEntries([...(machines === 0 ? [] : [['app', machines]]), ...groups]);
}
