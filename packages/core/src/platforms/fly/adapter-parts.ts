import type { Clock } from '../../io/clock.ts';
import type { FlyApi } from './api/api.ts';
import type { Flyctl } from './flyctl/flyctl.ts';
import type { FleetScope } from './machines/scope.ts';

/** What the adapter and what it restores with are made of. */
export interface FlyParts {
  readonly api: FlyApi;
  readonly flyctl: Flyctl;
  readonly clock: Clock;
  /** A folder for the old release's configuration during a restore. */
  readonly dir: string;
  /** How long one machine may take to become healthy in a restore, milliseconds. */
  readonly waitTimeoutMs: number;
  /** The machines that are looked at, deployed to and taken back. */
  readonly scope: FleetScope;
  /** Ids of machines that nobody manages and that somebody has accepted. */
  readonly acceptedMachines?: readonly string[];
  /** Set where nobody can accept any. */
  readonly mayStay?: false | undefined;
  log(line: string): void;
  /** What people should see though nothing failed. */
  warn(line: string): void;
}
