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

/** What has releases, oldest first: an app. */
interface Released {
  readonly releases: readonly Release[];
}

/** The app as a replica has it that has not heard of the newest release. */
export function oneReleaseBehind<App extends Released>(app: App): App {
  return { ...app, releases: app.releases.slice(0, -1) };
}

/** The newest release, whatever became of it: Fly calls a failed one current too. */
export function currentRelease(app: Released): Release | undefined {
  return app.releases.at(-1);
}

export function isDeployed(app: Released): boolean {
  return app.releases.some((release) => release.status === 'complete');
}

/** A cluster of Fly's Managed Postgres: of the organization, not of an app. */
export interface PostgresCluster {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly backups: PostgresBackup[];
}

export interface PostgresBackup {
  readonly id: string;
  readonly type: 'full' | 'incr';
  readonly askedAtMs: number;
  /** Infinity: it never finishes. */
  readonly takesMs: number;
}

/** A certificate for a host name of the user's own, asked of Let's Encrypt. */
export interface Certificate {
  readonly hostname: string;
  readonly askedAtMs: number;
  /** Infinity: it is never issued. Here DNS is taken to say what it has to; the proxy serves no such host. */
  readonly takesMs: number;
}

export type IpType = 'v4' | 'v6' | 'shared_v4' | 'private_v6';

/** An address of an app. `private_v6` is the one of flycast: reached from the private network alone. */
export interface IpAddress {
  readonly id: string;
  readonly address: string;
  readonly type: IpType;
  readonly region: string;
  readonly createdAt: string;
}
