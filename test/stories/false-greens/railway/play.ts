import { setTimeout as delay } from 'node:timers/promises';
import { demo } from '#local-cloud';
import { placesOf } from '../../../../packages/local-cloud/src/railway/containers.ts';
import { defaultSettings } from '../../../../packages/local-cloud/src/railway/model.ts';
import type { BelaySaid, ClientSaid, Recorded } from '../case.ts';
import type { Case } from './case.ts';
import type { OpenGround } from './ground.ts';
import { witness } from './witness.ts';

type Half = 'client' | 'belay';

/** Plays a case by one of the two, from its start. */
export function playHalf<H extends Half>(ground: OpenGround, played: Case, half: H): Promise<Recorded[H]>;
export function playHalf(ground: OpenGround, played: Case, half: Half): Promise<Recorded[Half]> {
  return half === 'client'
    ? observed(ground, played, () => byClient(ground, played.client))
    : observed(ground, played, () => byBelay(ground, played.belay));
}

/** A case and what it was about, as it is recorded. */
export function recordedOf(played: Case, halves: Pick<Recorded, Half>): Recorded {
  const { name, happens, by = 'railway', wanted = 'v2', before = 'v1', settings } = played;
  const replicas = placesOf({ ...defaultSettings, ...settings }).length;
  return { name, happens, by, wanted, before, runs: { [demo.railway.service]: replicas }, ...halves };
}

async function observed<Said>(ground: OpenGround, played: Case, act: () => Promise<Said>) {
  await ground.begin(played);
  const said = await act();
  // What went wrong on the way is over; what is left of it is the case.
  ground.stage.cloud.faults.clear();
  await delay(played.laterMs ?? 0);
  if (played.atOnce !== true) await ground.settled();
  return { ...said, seen: await witness(ground) };
}

function byClient(ground: OpenGround, client: Case['client']): Promise<ClientSaid> {
  return typeof client === 'function' ? client(ground) : ground.client(...client);
}

function byBelay(ground: OpenGround, belay: Case['belay']): Promise<BelaySaid> {
  return typeof belay === 'function' ? belay(ground) : ground.belay('railway-up', belay);
}
