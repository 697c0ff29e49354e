let held = 0;

/** Milliseconds for which queries have held this thread so far: nothing else could be heard meanwhile. */
export function heldMs(): number {
  return held;
}

/** Runs what holds the thread, and keeps account of how long. */
export function holding<T>(work: () => T): T {
  const began = performance.now();
  try {
    return work();
  } finally {
    held += performance.now() - began;
  }
}

/** A timeout that does not count the time for which the thread was held. Answers what takes it back. */
export function unlessHeld(ms: number, late: () => void): () => void {
  let timer: NodeJS.Timeout;
  const arm = (left: number) => {
    const before = held;
    timer = setTimeout(() => {
      const lost = held - before;
      if (lost > 0) arm(lost);
      else late();
    }, left);
  };
  arm(ms);
  return () => clearTimeout(timer);
}
