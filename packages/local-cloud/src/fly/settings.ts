import type { Apps } from '../apps/apps.ts';
import type { CloudClock } from '../clock.ts';
import type { Ids } from './ids.ts';

/** Switches of the emulator, for tests and the demo. */
export interface FlySettings {
  /** Fly's limits: 1 request/s with burst 3 per action and machine; reads 5/s with burst 10. */
  rateLimits: boolean;
  /**
   * The one deliberate departure from Fly: a machine that began to listen, or a worker that lives on, says it started 11 s ago, because flyctl
   * watches a younger one for 10 s. A machine that crashes while booting keeps its honest times, so flyctl sees it.
   */
  smokeBackdate: boolean;
  /** Where Fly has no room for another machine: all that a rule names must fit; one that names nothing fits all. */
  outOfCapacity: readonly { readonly region?: string; readonly group?: string }[];
  /** How long after its last request an app with `auto_stop_machines` has its machines stopped. */
  idleMs: number;
  /** How long a volume snapshot and a managed Postgres backup take; Infinity: they never finish. */
  snapshotMs: number;
  /**
   * Whether a machine on a lost host can be leased. flyctl's sources say that no such lease exists and skip it, but not
   * where it deploys with `--deploy-retries=0`: there a refused lease fails the deploy after a minute.
   */
  lostHostLeases: 'refused' | 'granted';
  /** How long Let's Encrypt takes to issue a certificate; Infinity: it never does. */
  certificateMs: number;
  /** `GET /app/flyctl_releases/…` answers 503, as it has for whole mornings. */
  resolverDown: boolean;
}

export const defaultSettings: FlySettings = {
  rateLimits: true,
  smokeBackdate: true,
  outOfCapacity: [],
  idleMs: 300_000,
  snapshotMs: 500,
  lostHostLeases: 'refused',
  certificateMs: 500,
  resolverDown: false,
};

/** What the registry knows of an image. */
export interface FlyImage {
  /** The tag it was last put under: `registry.fly.io/shop:v1`. */
  readonly ref: string;
  readonly digest: string;
  /** Name of the application in the catalogue that the image runs. */
  readonly app: string;
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

export interface FlyImages {
  /** By tag or by digest; undefined for an unknown reference. */
  resolve(ref: string): FlyImage | undefined;
  put(ref: string, definition: Omit<FlyImage, 'ref' | 'digest'>): FlyImage;
}

/** What everything inside the emulator is given. */
export interface FlyDoors {
  readonly clock: CloudClock;
  readonly apps: Apps;
  readonly images: FlyImages;
  readonly settings: FlySettings;
  readonly ids: Ids;
}
