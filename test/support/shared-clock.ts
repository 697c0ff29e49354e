import { CloudClock } from '../../packages/local-cloud/src/clock.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** A cloud's clock that shows what another one does. */
export class SharedClock extends CloudClock {
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    super();
    this.#clock = clock;
  }

  override now(): number {
    return this.#clock.now();
  }
}
