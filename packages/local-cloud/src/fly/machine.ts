import type { CheckStatus } from './checks.ts';
import type { ImageRef } from './image-ref.ts';
import { LeaseHolder } from './lease.ts';
import type { LogBook } from './log-book.ts';
import { lostMachineParts } from './lost-host.ts';
import type { MachineConfig } from './machine-config.ts';
import type { MachineEvent } from './machine-events.ts';
import type { Certificate, IpAddress, Organization, Release, Secret } from './model.ts';
import type { FlyImage } from './settings.ts';
import type { Volume } from './volume.ts';

export type MachineState =
  | 'created'
  | 'starting'
  | 'started'
  | 'stopping'
  | 'stopped'
  | 'suspended'
  | 'replacing'
  | 'destroying'
  | 'destroyed';

export interface MachineSeed {
  readonly id: string;
  readonly app: FlyApp;
  readonly name: string;
  readonly region: string;
  readonly createdAt: string;
  readonly now: () => number;
}

/** The record of one machine. `Supervisor` moves it; everyone else reads. */
export class Machine {
  readonly id: string;
  readonly app: FlyApp;
  readonly name: string;
  readonly region: string;
  readonly createdAt: string;
  readonly lease: LeaseHolder;
  updatedAt: string;
  instanceId = '';
  config: MachineConfig = { image: '' };
  imageRef: ImageRef & { readonly labels?: Readonly<Record<string, string>> } = {
    registry: '',
    repository: '',
    tag: '',
    digest: '',
  };
  /** What its image was when it was last configured: the tag it was named by may have moved since. */
  image: FlyImage | undefined;
  /** Newest first. */
  events: readonly MachineEvent[] = [];
  checks: readonly CheckStatus[] = [];
  versions: readonly { readonly version: string; readonly user_config: MachineConfig }[] = [];
  cordoned = false;
  hostStatus: 'ok' | 'unreachable' = 'ok';
  /** As they stood when it was last configured: later ones are staged until the next update. */
  secrets: Readonly<Record<string, string>> = {};
  /** The loopback port of the running process. */
  port: number | undefined;
  /** The port that process takes itself to listen on: the only one a service or a check reaches. */
  innerPort: number | undefined;
  pid: number | undefined;

  readonly #now: () => number;
  #state: MachineState = 'created';
  #watchers = new Set<(state: MachineState) => void>();

  constructor(seed: MachineSeed) {
    this.id = seed.id;
    this.app = seed.app;
    this.name = seed.name;
    this.region = seed.region;
    this.createdAt = seed.createdAt;
    this.updatedAt = seed.createdAt;
    this.#now = seed.now;
    this.lease = new LeaseHolder(seed.id, seed.now);
  }

  get state(): MachineState {
    return this.#state;
  }

  enter(state: MachineState): void {
    this.#state = state;
    this.updatedAt = new Date(this.#now()).toISOString();
    for (const seen of [...this.#watchers]) seen(state);
  }

  /** Calls back at each change, while it happens: a crashing machine is `started` for less than a turn of the loop. */
  watch(seen: (state: MachineState) => void): () => void {
    this.#watchers.add(seen);
    return () => this.#watchers.delete(seen);
  }
}

/** In the private network of the organization, and its own as long as it lives. */
function privateIp(id: string): string {
  const own = [id.slice(0, 4), id.slice(4, 8), id.slice(8, 12)].map((part) => Number.parseInt(part, 16));
  return `fdaa:0:1:a7b:${own.map((part) => part.toString(16)).join(':')}:2`;
}

export type MachineRecord = Readonly<Record<string, unknown>>;

/** The machine as the Machines API writes it. */
export function machineJson(machine: Machine): MachineRecord {
  return {
    id: machine.id,
    name: machine.name,
    state: machine.state,
    region: machine.region,
    image_ref: machine.imageRef,
    instance_id: machine.instanceId,
    version: machine.instanceId,
    private_ip: privateIp(machine.id),
    created_at: machine.createdAt,
    updated_at: machine.updatedAt,
    ...(machine.hostStatus === 'ok' ? { config: machine.config } : lostMachineParts(machine)),
    events: machine.events,
    ...(machine.checks.length > 0 ? { checks: machine.checks } : {}),
    host_status: machine.hostStatus,
    cordoned: machine.cordoned,
  };
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
