import { setTimeout as delay } from 'node:timers/promises';

/** Polls until `hold` answers something truthy; for what another process does. Fails after five seconds. */
export async function eventually<T>(hold: () => T | Promise<T>): Promise<T> {
  const deadline = performance.now() + 5000;
  for (;;) {
    const value = await hold();
    if (value) return value;
    if (performance.now() > deadline) throw new Error(`never held: ${hold}`);
    await delay(10);
  }
}
