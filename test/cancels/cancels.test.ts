import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judge } from '../support/cancels/judge.ts';
import { playCancel } from '../support/cancels/play.ts';
import { openRailwayCancelStage } from '../support/cancels/railway-stage.ts';
import { type CutPlatform, cancelsOf, describeCancel, everyPairOf } from '../support/cancels/script.ts';
import { type CancelStage, openCancelStage } from '../support/cancels/stage.ts';

const asked = process.env.BELAY_CANCELS;
const seed = Number(process.env.BELAY_CANCELS_SEED ?? 20_261_129);
/** Most of a story is waiting, which costs no processor. */
const lanes = 4;

interface Suite {
  readonly platform: CutPlatform;
  readonly count: number;
  readonly open: () => Promise<CancelStage>;
}

const suites: readonly Suite[] = [
  { platform: 'fly', count: Number(asked ?? 48), open: openCancelStage },
  { platform: 'railway', count: Number(asked ?? 24), open: openRailwayCancelStage },
];

it.skipIf(!existsSync('/proc')).each(suites)(
  `keeps every promise on $platform in $count runs that are cut at random moments (seed ${seed})`,
  async ({ platform, count, open }) => {
    const everyPair = everyPairOf(platform);
    const drawn = fc.sample(cancelsOf(platform), { numRuns: Math.max(0, count - everyPair.length), seed });
    const queue = [...everyPair, ...drawn].slice(0, count).entries();
    const tally = new Map<string, number>();
    const broken: string[] = [];
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        const stage = await open();
        try {
          for (const [at, script] of queue) {
            const played = await playCancel(script, stage);
            const wrong = judge(played);
            tally.set(played.found, (tally.get(played.found) ?? 0) + 1);
            if (wrong.length > 0)
              broken.push(`${at}: ${describeCancel(script)}\n  ${wrong.join('\n  ')}\n${played.log}`);
          }
        } finally {
          await stage.close();
        }
      }),
    );
    const found = [...tally].map(([what, times]) => `${times} ${what}`).sort();
    process.stdout.write(`cancels: ${platform}, seed ${seed}, ${count} runs: ${found.join(', ')}\n`);
    expect(broken).toEqual([]);
    // A run that ended before its cut shows nothing.
    expect(count - (tally.get('told') ?? 0)).toBeGreaterThanOrEqual(Math.floor(count * 0.75));
  },
);
