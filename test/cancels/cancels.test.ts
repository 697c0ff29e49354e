import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { judge } from '../support/cancels/judge.ts';
import { playCancel } from '../support/cancels/play.ts';
import { cancels, describeCancel, everyPair } from '../support/cancels/script.ts';
import { openCancelStage } from '../support/cancels/stage.ts';

const count = Number(process.env.BELAY_CANCELS ?? 48);
const seed = Number(process.env.BELAY_CANCELS_SEED ?? 20_261_129);
/** Most of a story is waiting, which costs no processor. */
const lanes = 4;

it.skipIf(!existsSync('/proc'))(
  `keeps every promise in ${count} runs that are cut at random moments (seed ${seed})`,
  async () => {
    const drawn = fc.sample(cancels, { numRuns: Math.max(0, count - everyPair.length), seed });
    const queue = [...everyPair, ...drawn].slice(0, count).entries();
    const tally = new Map<string, number>();
    const broken: string[] = [];
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        const stage = await openCancelStage();
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
    process.stdout.write(`cancels: seed ${seed}, ${count} runs: ${found.join(', ')}\n`);
    expect(broken).toEqual([]);
    // A run that ended before its cut shows nothing.
    expect(count - (tally.get('told') ?? 0)).toBeGreaterThanOrEqual(Math.floor(count * 0.75));
  },
);
