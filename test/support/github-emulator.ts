import { CloudClock } from '../../packages/local-cloud/src/clock.ts';
import { seedDemo } from '../../packages/local-cloud/src/github/demo.ts';
import { GitHub } from '../../packages/local-cloud/src/github/github.ts';

/** An emulator that holds the demo repository `acme/shop`, and the clock it lives by. */
export function demoGitHub(clock = new CloudClock()): { github: GitHub; clock: CloudClock } {
  const github = new GitHub({ clock });
  seedDemo(github);
  return { github, clock };
}

/** Waits by moving the emulator's time on. */
export function waitingBy(clock: CloudClock): { sleep(ms: number): Promise<void>; now(): number } {
  return { sleep: async (ms) => clock.advance(ms), now: () => clock.now() };
}

/** Moves only when it is told to: for what depends on milliseconds. */
export class StillClock extends CloudClock {
  #now = Date.UTC(2026, 10, 21, 8);

  override now(): number {
    return this.#now;
  }

  override advance(ms: number): void {
    this.#now += ms;
    super.advance(ms);
  }
}
