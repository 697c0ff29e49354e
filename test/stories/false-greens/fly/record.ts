import type { SeededFlyctl } from '../../../../scripts/stage.ts';
import type { Recorded } from '../case.ts';
import { openLanes } from '../lanes.ts';
import type { Recording } from '../recording.ts';
import { cases } from './cases.ts';
import { openGround } from './ground.ts';
import { play } from './play.ts';

/** Plays every case with the flyctl at hand: BELAY_FLYCTL, else the one on PATH, else the stand-in. */
export async function recordFly(tell: (line: string) => void, told: (one: Recorded) => Recorded) {
  const lanes = await openLanes(openGround);
  const { flyctl } = lanes.first.stage;
  tell(`flyctl: ${flyctl.kind} (${flyctl.says})`);
  try {
    const played = await Promise.all(cases.map((one) => lanes.on((ground) => play(ground, one)).then(told)));
    return { platform: 'Fly.io', clients: [nameOf(flyctl)], cases: played } satisfies Recording;
  } finally {
    await lanes.close();
  }
}

/** A build from source names itself by its minute, which nobody could find again. */
function nameOf(flyctl: SeededFlyctl): string {
  if (flyctl.kind === 'stand-in') return 'the stand-in for flyctl';
  const [version = 'of no version'] = /\d+\.\d+\.\d+\S*/.exec(flyctl.says) ?? [];
  return /-dev\.|-dirty\b/.test(flyctl.says) ? 'a flyctl built from source' : `flyctl ${version}`;
}
