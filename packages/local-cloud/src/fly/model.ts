import type { Certificate } from './certificate.ts';
import type { IpAddress } from './ip-address.ts';
import type { LogBook } from './log-book.ts';
import type { Machine, MachineRecord } from './machine.ts';
import type { Volume } from './volume.ts';

/** What Fly keeps of an account. Machines live in `machine.ts`: they move by themselves. */
export interface Organization {
  readonly id: string;
  readonly number: number;
  readonly slug: string;
  readonly name: string;
}

/** `deploy` is bound to one app; `org` sees the organization's apps; `readonly` sees them and changes nothing. */
export interface Token {
  readonly value: string;
  readonly kind: 'deploy' | 'org' | 'readonly';
  readonly organization: string;
  readonly app?: string;
  readonly email: string;
}

export type ReleaseStatus = 'pending' | 'running' | 'complete' | 'failed' | 'interrupted';
export type Strategy = 'BLUEGREEN' | 'CANARY' | 'IMMEDIATE' | 'ROLLING' | 'ROLLING_ONE' | 'SIMPLE';

export interface Release {
  readonly id: string;
  readonly version: number;
  readonly strategy: Strategy;
  /** fly.toml as JSON, as the client sent it. */
  readonly definition: unknown;
  readonly imageRef: string;
  readonly user: { readonly id: string; readonly name: string; readonly email: string };
  readonly createdAt: string;
  updatedAt: string;
  status: ReleaseStatus;
  metadata: unknown;
}

export interface Secret {
  readonly value: string;
  readonly digest: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface FlyApp {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly organization: Organization;
  readonly createdAt: string;
  readonly machines: Map<string, Machine>;
  /** Oldest first. */
  readonly releases: Release[];
  /** As they stood when the newest release was made. */
  machinesBefore: readonly MachineRecord[];
  readonly secrets: Map<string, Secret>;
  readonly volumes: Map<string, Volume>;
  readonly ips: IpAddress[];
  /** By host name. */
  readonly certificates: Map<string, Certificate>;
  /**
   * A seeded app is reached though no address of it is listed: with one listed, flyctl asks a public resolver, unless
   * told not to. An app made by the API is reached once it has been given a public address, as on Fly.
   */
  isPublicUnlisted: boolean;
  /** `postgres_cluster` of an app that `fly postgres` made; empty for all others. */
  readonly role: '' | 'postgres_cluster';
  readonly logs: LogBook;
  secretsVersion: number;
  /** Round robin position of the proxy. */
  turn: number;
}

/** The app as a replica has it that has not heard of the newest release. */
export function oneReleaseBehind(app: FlyApp): FlyApp {
  return { ...app, releases: app.releases.slice(0, -1) };
}

/** The newest release, whatever became of it: Fly calls a failed one current too. */
export function currentRelease(app: FlyApp): Release | undefined {
  return app.releases.at(-1);
}

export function isDeployed(app: FlyApp): boolean {
  return app.releases.some((release) => release.status === 'complete');
}
