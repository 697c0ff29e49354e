/** Lets at most `most` pieces of work be under way; the rest wait in order. */
export function limiter(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      // The place is handed on, not given back: a newcomer must not overtake those who wait.
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
