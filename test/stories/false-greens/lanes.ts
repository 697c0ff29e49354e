import type { SeededFlyctl } from '../../../scripts/stage.ts';
import type { Case, Recorded } from './case.ts';
import { type OpenGround, openGround } from './ground.ts';
import { play } from './play.ts';

/** Most of a case is waiting: more of them at once than there are cores. */
const width = 8;

export interface Lanes {
  readonly flyctl: SeededFlyctl;
  /** Waits for a cloud that nobody plays on. */
  play(played: Case): Promise<Recorded>;
  close(): Promise<void>;
}

export async function openLanes(): Promise<Lanes> {
  const [first, ...others] = await Promise.all([
    openGround(),
    ...Array.from({ length: width - 1 }, openGround),
  ]);
  const all = [first, ...others];
  const free: OpenGround[] = [...all];
  const waiting: ((ground: OpenGround) => void)[] = [];
  return {
    flyctl: first.stage.flyctl,
    async play(played) {
      const ground = free.pop() ?? (await new Promise<OpenGround>((resolve) => waiting.push(resolve)));
      try {
        return await play(ground, played);
      } finally {
        const next = waiting.shift();
        if (next === undefined) free.push(ground);
        else next(ground);
      }
    },
    close: async () => {
      await Promise.all(all.map((ground) => ground.close()));
    },
  };
}
