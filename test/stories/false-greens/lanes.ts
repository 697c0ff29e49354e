/** Most of a case is waiting: more of them at once than there are cores. */
const width = 8;

interface Closed {
  close(): Promise<void>;
}

export interface Lanes<On extends Closed> {
  /** One of them, for what may be asked of any. */
  readonly first: On;
  /** Waits for a cloud that nobody plays on. */
  on<Played>(play: (ground: On) => Promise<Played>): Promise<Played>;
  close(): Promise<void>;
}

/** So many clouds of their own, side by side. */
export async function openLanes<On extends Closed>(open: () => Promise<On>): Promise<Lanes<On>> {
  const [first, ...others] = await Promise.all([open(), ...Array.from({ length: width - 1 }, open)]);
  const all = [first, ...others];
  const free: On[] = [...all];
  const waiting: ((ground: On) => void)[] = [];
  return {
    first,
    async on(play) {
      const ground = free.pop() ?? (await new Promise<On>((resolve) => waiting.push(resolve)));
      try {
        return await play(ground);
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
