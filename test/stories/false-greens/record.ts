/**
 * `npm run false-greens`: plays every case with the flyctl at hand (BELAY_FLYCTL, else PATH, else the stand-in), keeps
 * what came of them, and writes docs/false-greens.md from it.
 */
import { writeFileSync } from 'node:fs';
import { documents, writeStale } from '../../../scripts/docs.ts';
import type { Recorded } from './case.ts';
import { cases } from './cases.ts';
import { judged } from './judge.ts';
import { openLanes } from './lanes.ts';
import { type Recording, recordingFile } from './recording.ts';

const started = performance.now();
const lanes = await openLanes();
const { flyctl } = lanes;
say(`flyctl: ${flyctl.kind} (${flyctl.says})`);
try {
  const played = await Promise.all(cases.map((one) => lanes.play(one).then(told)));
  const recording: Recording = { platform: 'Fly.io', clients: [clientName()], cases: played };
  writeFileSync(recordingFile, `${JSON.stringify(recording, null, 2)}\n`);
  writeStale(await documents());
  say(`${played.length} cases in ${Math.round((performance.now() - started) / 1000)} s.`);
} finally {
  await lanes.close();
}

/** A build from source names itself by its minute, which nobody could find again. */
function clientName(): string {
  if (flyctl.kind === 'stand-in') return 'the stand-in for flyctl';
  const [version = 'of no version'] = /\d+\.\d+\.\d+\S*/.exec(flyctl.says) ?? [];
  return /-dev\.|-dirty\b/.test(flyctl.says) ? 'a flyctl built from source' : `flyctl ${version}`;
}

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
