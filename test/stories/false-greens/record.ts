/**
 * `npm run false-greens`: plays every case with the clients at hand (flyctl in BELAY_FLYCTL, else on PATH, else the
 * stand-in; railway in BELAY_RAILWAY, else on PATH, else what was recorded of it), keeps what came of them, and writes
 * docs/false-greens.md from it. `npm run false-greens -- railway` plays those of one platform.
 */
import { documents, writeStale } from '../../../scripts/docs.ts';
import type { Recorded } from './case.ts';
import { recordFly } from './fly/record.ts';
import { judged } from './judge.ts';
import { recordRailway } from './railway/record.ts';
import { recordedPlatforms, writeRecording } from './recording.ts';

const recorders = { fly: recordFly, railway: recordRailway };

const started = performance.now();
const wanted = process.argv.slice(2);
const unknown = wanted.filter((one) => !Object.hasOwn(recorders, one));
if (unknown.length > 0)
  throw new Error(
    `No platform ${unknown.join(', ')}: name ${recordedPlatforms.join(' or ')}, or none for both.`,
  );

for (const platform of recordedPlatforms) {
  if (wanted.length > 0 && !wanted.includes(platform)) continue;
  const recording = await recorders[platform](say, told);
  writeRecording(platform, recording);
  say(`${recording.platform}: ${recording.cases.length} cases.`);
}
writeStale(await documents());
say(`In ${Math.round((performance.now() - started) / 1000)} s.`);

function told(one: Recorded): Recorded {
  const { worth, holds } = judged(one);
  const { outcome, reason, serving } = one.belay;
  say(
    `${one.name}\n  exit ${one.client.exit}: ${worth}; ${outcome}/${reason}, serving ${serving}: ${holds ? 'holds' : 'NOT TRUE'}`,
  );
  return one;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
