import type { Writable } from 'node:stream';

/**
 * Resolves once the runner has taken what was printed; undefined where nothing waits. Node writes to a pipe without
 * waiting for its reader, and keeps what it has not taken.
 */
export function logDrained(stdout: Writable): Promise<void> | undefined {
  if (!stdout.writableNeedDrain) return undefined;
  return new Promise((resolve) => {
    const go = () => {
      for (const event of ends) stdout.off(event, go);
      resolve();
    };
    for (const event of ends) stdout.on(event, go);
  });
}

/** A log that nobody reads any more holds nobody up. */
const ends = ['drain', 'close', 'error'];
