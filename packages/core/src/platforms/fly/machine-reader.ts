import type { FlyApi } from './api.ts';
import { isGone } from './fleet.ts';
import type { WireMachine } from './wire.ts';

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
    const leftOut = this.#known.filter((id) => !ids.has(id)).slice(0, askedAtMost);
    const asked = await Promise.all(leftOut.map((id) => api.machine(app, id)));
    const found = asked.filter((machine) => machine !== undefined);
    const machines = [...listed, ...found.filter((machine) => !isGone(machine))];
    this.#known = machines.filter((machine) => !isGone(machine)).map(({ id }) => id);
    return machines;
  }
}
