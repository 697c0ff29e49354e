import type { DeploymentEvent } from './deployment-events.ts';
import type {
  Content,
  DeploymentStatus,
  Domain,
  Edge,
  PullRequest,
  Settings,
  Trigger,
  Workspace,
} from './model.ts';
import type { Replica } from './replica.ts';

const onTheWay: readonly DeploymentStatus[] = [
  'QUEUED',
  'WAITING',
  'NEEDS_APPROVAL',
  'INITIALIZING',
  'BUILDING',
  'DEPLOYING',
];

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly workspace: Workspace;
  readonly createdAt: number;
  readonly environments: Map<string, Environment>;
  readonly services: Map<string, Service>;
  /** Pull requests get environments of their own. */
  readonly prDeploys: boolean;
  /** Also those that bots open. */
  readonly botPrEnvironments: boolean;
  /** Without the services that the change does not touch. */
  readonly focusedPrEnvironments: boolean;
}

export interface Environment {
  readonly id: string;
  readonly name: string;
  readonly project: Project;
  readonly createdAt: number;
  readonly isEphemeral: boolean;
  readonly source: Environment | undefined;
  readonly pull: PullRequest | undefined;
  /** By service id. */
  readonly instances: Map<string, ServiceInstance>;
  deletedAt: number | undefined;
}

export interface Service {
  readonly id: string;
  readonly name: string;
  readonly project: Project;
  readonly createdAt: number;
}

/** A service in an environment: settings, domains, variables and deployments belong to it. */
export interface ServiceInstance {
  readonly id: string;
  readonly service: Service;
  readonly environment: Environment;
  readonly createdAt: number;
  readonly domains: Domain[];
  /** Oldest first. */
  readonly deployments: Deployment[];
  settings: Settings;
  variables: Readonly<Record<string, string>>;
  trigger: Trigger | undefined;
  /** What its owner has put before it; here it is only told of. */
  readonly edge: Edge | undefined;
  /** Turned with each request, so that replicas are asked in turn. */
  turn: number;
  updatedAt: number;
}

export interface DeploymentFacts {
  readonly id: string;
  readonly snapshotId: string;
  readonly instance: ServiceInstance;
  readonly content: Content;
  readonly settings: Settings;
  readonly variables: Readonly<Record<string, string>>;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly creator: string;
  /** An image that was built before is run again, as by a rollback: nothing is built. */
  readonly isBuilt: boolean;
  /** Default: now. */
  readonly createdAt?: number;
}

/** One attempt to run a service in an environment. It never becomes another: a redeploy and a rollback make new ones. */
export class Deployment {
  readonly id: string;
  readonly snapshotId: string;
  readonly instance: ServiceInstance;
  readonly content: Content;
  /** As they were when it was made, for a rollback brings them back; a config file changes them once its code is there. */
  settings: Settings;
  readonly variables: Readonly<Record<string, string>>;
  readonly creator: string;
  readonly isBuilt: boolean;
  readonly createdAt: number;
  readonly events: DeploymentEvent[] = [];
  readonly replicas: Replica[] = [];
  /** Aborted once it is cancelled, superseded or taken down. */
  readonly life = new AbortController();
  meta: Readonly<Record<string, unknown>>;
  status: DeploymentStatus = 'INITIALIZING';
  updatedAt: number;
  statusUpdatedAt: number | undefined;
  /** It served once: only such a one can be rolled back to. */
  wasLive = false;
  /** Its image is kept for a rollback, for as long as the plan says. */
  isKept = true;
  removedAt: number | undefined;
  readonly #now: () => number;
  readonly #watchers = new Set<() => void>();

  constructor(facts: DeploymentFacts, now: () => number) {
    this.id = facts.id;
    this.snapshotId = facts.snapshotId;
    this.instance = facts.instance;
    this.content = facts.content;
    this.settings = facts.settings;
    this.variables = facts.variables;
    this.meta = facts.meta;
    this.creator = facts.creator;
    this.isBuilt = facts.isBuilt;
    this.#now = now;
    this.createdAt = facts.createdAt ?? now();
    this.updatedAt = this.createdAt;
  }

  enter(status: DeploymentStatus): void {
    if (this.status === status) return;
    this.status = status;
    this.statusUpdatedAt = this.#now();
    if (status === 'SUCCESS') this.wasLive = true;
    if (status === 'REMOVED') this.removedAt = this.#now();
    this.changed();
  }

  addMeta(meta: Readonly<Record<string, unknown>>): void {
    this.meta = { ...this.meta, ...meta };
    this.changed();
  }

  /** Tells whoever watches that something of it is another. */
  changed(): void {
    this.updatedAt = this.#now();
    for (const seen of [...this.#watchers]) seen();
  }

  /** A process of it began or ended: with the last of its restarts after SUCCESS it is CRASHED. */
  replicaChanged(): void {
    const isDown = this.isStopped && this.replicas.some(({ status }) => status === 'CRASHED');
    if (isDown && this.status === 'SUCCESS') this.enter('CRASHED');
    else this.changed();
  }

  /** Hears of each change; answers how to stop. */
  watch(seen: () => void): () => void {
    this.#watchers.add(seen);
    return () => this.#watchers.delete(seen);
  }

  get isOnTheWay(): boolean {
    return onTheWay.includes(this.status);
  }

  /** It has the traffic of its service, or had it when its processes ended. */
  get isActive(): boolean {
    return this.status === 'SUCCESS' || this.status === 'SLEEPING' || this.status === 'CRASHED';
  }

  /** No process of it runs, or none has begun to. */
  get isStopped(): boolean {
    return !this.replicas.some(({ isUp }) => isUp);
  }

  /** Its domain, without a scheme: that of Railway's own that was made last. */
  get staticUrl(): string | null {
    return this.instance.domains.findLast(({ kind }) => kind === 'service')?.domain ?? null;
  }
}
