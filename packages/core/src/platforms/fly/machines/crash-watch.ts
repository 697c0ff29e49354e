import type { Clock } from '../../../io/clock.ts';
import type { PlatformFailure } from '../../platform.ts';
import type { FlyApi } from '../api/api.ts';
import { releaseVersion } from '../api/release.ts';
import type { WireMachine } from '../api/wire.ts';
import { conditionOf } from './condition.ts';
import { appMachines, machineRelease } from './fleet.ts';
import { crashFailure, describeMachine } from './health.ts';

/** Fly allows about one list a second, and flyctl needs it before the release exists. */
const pauseMs = 1_000;
/** Evidence that takes longer would make the report late. */
const evidenceMs = 800;

/** What flyctl says once the release exists: from here on it lists machines no more. */
const releaseExists =
  /^Running \S+ release_command|^Updating existing machines|[Cc]anary machine|^Process groups have changed|^Verifying if app can be|^Creating green machines|^No machines in group|^This deployment will/;

/** What is watched, and who says whether it is ours. */
export interface WatchedFleet {
  readonly api: FlyApi;
  readonly clock: Clock;
  readonly app: string;
  /** Machines of newer releases than this are looked at. */
  readonly before: number;
  /** Asks Fly whether a release is the one this flyctl made. */
  isOurs(release: string): Promise<boolean>;
}

/**
 * Looks at the machines while flyctl runs. flyctl waits out its whole `--wait-timeout` for a machine that crashed for
 * good after its first ten seconds, and for one of a bluegreen deploy whenever it crashed: `crashed` ends that.
 */
export class CrashWatch {
  readonly #watched: WatchedFleet;
  readonly #crashed = new AbortController();
  readonly #over = new AbortController();
  #holdsLeases = false;
  #watching: Promise<PlatformFailure | undefined> | undefined;
  constructor(watched: WatchedFleet) {
    this.#watched = watched;
  }

  /** Aborted as soon as a machine has crashed for good. */
  get crashed(): AbortSignal {
    return this.#crashed.signal;
  }

  /** Whether flyctl has come to the machines that were there: it holds the leases of all of them by then. */
  get holdsLeases(): boolean {
    return this.#holdsLeases;
  }

  /** Whether flyctl has said anything that it says once its release exists: before that it touches no machine. */
  get hasRelease(): boolean {
    return this.#watching !== undefined;
  }

  /** Hears every line flyctl says, and begins when the release exists. */
  hear(line: string): void {
    if (line.startsWith('Updating existing machines')) this.#holdsLeases = true;
    if (this.#watching === undefined && releaseExists.test(line.replace(/^[^\w]*(\[\d+\/\d+\])?\s*/, ''))) {
      this.#watching = this.#watch().catch(() => undefined);
    }
  }

  /** Ends the watch, and answers the crash it saw with its evidence. */
  async end(): Promise<PlatformFailure | undefined> {
    if (!this.#crashed.signal.aborted) this.#over.abort();
    return this.#watching;
  }

  async #watch(): Promise<PlatformFailure | undefined> {
    const { clock } = this.#watched;
    for (;;) {
      const from = clock.monotonic();
      const machine = await this.#look().catch(() => undefined);
      if (machine !== undefined) {
        this.#crashed.abort();
        return this.#failure(machine);
      }
      await clock.sleep(Math.max(0, from + pauseMs - clock.monotonic()), this.#over.signal);
    }
  }

  async #look(): Promise<WireMachine | undefined> {
    const { api, clock, app, before } = this.#watched;
    const machines = appMachines(await api.within(2 * pauseMs).machines(app));
    const crashed = machines.find((machine) => {
      const version = releaseVersion(machineRelease(machine) ?? '') ?? 0;
      return version > before && conditionOf(machine, clock.now()).kind === 'crashed';
    });
    if (crashed === undefined) return undefined;
    return (await this.#watched.isOurs(machineRelease(crashed) ?? '')) ? crashed : undefined;
  }

  async #failure(machine: WireMachine): Promise<PlatformFailure> {
    const { api, clock, app } = this.#watched;
    const condition = conditionOf(machine, clock.now());
    const told = describeMachine(api.within(evidenceMs), app, { machine, condition });
    const evidence = await told.catch(() => []);
    return { ...crashFailure(machine, condition), evidence };
  }
}
