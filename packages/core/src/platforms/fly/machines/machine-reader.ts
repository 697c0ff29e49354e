import type { FlyApi } from '../api/api.ts';
import type { WireMachine } from '../api/wire.ts';
import { isGone } from './fleet.ts';

/** So many machines that a list leaves out are asked for one by one. */
const askedAtMost = 30;

/**
 * Reads an app's machines. A list may come from a replica that lags, so what it leaves out is not gone for that: each
 * machine that was there a moment ago is asked for itself, and Fly tells of one that is destroyed for a while yet.
 */
export class MachineReader {
  #known: readonly string[] = [];

  /** Failures: those of FlyApi. */
  async read(api: FlyApi, app: string): Promise<readonly WireMachine[]> {
    const listed = await api.machines(app);
    const ids = new Set(listed.map(({ id }) => id));
    const missing = this.#known.filter((id) => !ids.has(id));
    const leftOut = missing.slice(0, askedAtMost);
    const asked = await Promise.all(leftOut.map((id) => api.machine(app, id)));
    const found = asked.filter((machine) => machine !== undefined);
    const machines = [...listed, ...found.filter((machine) => !isGone(machine))];
    const unasked = missing.slice(askedAtMost);
    this.#known = [...machines.filter((machine) => !isGone(machine)).map(({ id }) => id), ...unasked];
    return machines;
  }
}
