/**
 * Lets at most `most` pieces of work be under way; the rest wait in order. Thousands may wait: each of them is a promise
 * and what begins its work, and no more.
 */
export function limiter(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  const leave = () => {
    // The place is handed on, not given back: a newcomer must not overtake those who wait.
    const next = waiting.shift();
    if (next === undefined) running--;
    else next();
  };
  const begun = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } finally {
      leave();
    }
  };
  return (work) => {
    if (running >= most) return new Promise((resolve) => waiting.push(() => resolve(begun(work))));
    running++;
    return begun(work);
  };
}
