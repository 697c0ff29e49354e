import type { Ports, Release } from '#core';
import type { RolloutPlan, Shipment } from '#core/deployment';
import type { OpenRailway } from '#core/railway';
import type { RailwayUpInputs } from '../inputs.ts';

/** What a mode is opened with. */
export interface ModeParts {
  readonly ports: Ports;
  readonly given: RailwayUpInputs;
  /** The commit this deploy is about; undefined where nobody says it. */
  readonly commit: string | undefined;
  /** The folder relative paths start in, and the one that `directory` names. */
  readonly cwd: string;
  readonly root: string;
  /** In `post` nothing is made. */
  readonly isPost: boolean;
  /** The service, which is being found meanwhile. */
  readonly opening: Promise<OpenRailway>;
}

/** One way in which Railway comes to a deployment, ready and with nothing changed yet. */
export interface Mode {
  /** The commit that is deployed; undefined where nobody says it. */
  readonly commit: string | undefined;
  /** Whether what serves is what would be deployed: unless it has proved bad, nothing is. Absent: it never is. */
  isWanted?(live: Release): boolean;
  readonly plan: RolloutPlan;
  readonly shipment: Omit<Shipment, 'isBarrier'>;
  /** What a run would do, a line each: for a dry run. */
  readonly would: readonly string[];
  /** What people have to know before it does it, a sentence each. */
  readonly warnings: readonly string[];
  /** What is good to know and asks for nothing, a sentence each. */
  readonly notes?: readonly string[];
  /** What has turned out since, once it is over, a sentence each. */
  news?(): Promise<readonly string[]>;
}

export type OpenMode = (parts: ModeParts) => Promise<Mode>;
