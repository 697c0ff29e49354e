import { execFileSync } from 'node:child_process';
import { findRailway } from '../../../clients/find-program.ts';
import type { Recorded } from '../case.ts';
import { openLanes } from '../lanes.ts';
import { type Recording, readRecording } from '../recording.ts';
import type { Case } from './case.ts';
import { cases } from './cases.ts';
import { type OpenGround, openGround } from './ground.ts';
import { playHalf, recordedOf } from './play.ts';

/**
 * Plays every case with the real CLI: BELAY_RAILWAY, else the one on PATH. Where there is none, what it did when it was
 * last recorded is kept, and only Belay plays.
 */
export async function recordRailway(
  tell: (line: string) => void,
  told: (one: Recorded) => Recorded,
): Promise<Recording> {
  const { path, why } = findRailway();
  tell(path === undefined ? `railway: as it was recorded (${why})` : `railway: ${versionOf(path)}`);
  const before = path === undefined ? readRecording('railway') : undefined;
  const kept = ({ name }: Case) => {
    const one = before?.cases.find((one) => one.name === name);
    if (one === undefined) throw new Error(`"${name}" was never recorded: it takes the real railway CLI`);
    return one.client;
  };
  const played = async (ground: OpenGround, one: Case) => {
    const client = path === undefined ? kept(one) : await playHalf(ground, one, 'client');
    return recordedOf(one, { client, belay: await playHalf(ground, one, 'belay') });
  };
  const lanes = await openLanes(() => openGround(path));
  try {
    const all = cases.map((one) => lanes.on((ground) => played(ground, one)).then(told));
    const clients = before?.clients ?? [versionOf(path ?? '')];
    return { platform: 'Railway', clients, cases: await Promise.all(all) };
  } finally {
    await lanes.close();
  }
}

function versionOf(path: string): string {
  return execFileSync(path, ['--version'], { encoding: 'utf8' }).trim();
}
