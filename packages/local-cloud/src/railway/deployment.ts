import type { Image } from '../apps/images.ts';
import type { DeploymentEvent } from './deployment-events.ts';
import type { ServiceInstance, Settings } from './model.ts';
import type { Replica } from './replica.ts';

export const deploymentStatuses = [
  'BUILDING',
  'CRASHED',
  'DEPLOYING',
  'FAILED',
  'INITIALIZING',
  'NEEDS_APPROVAL',
  'QUEUED',
  'REMOVED',
  'REMOVING',
  'SKIPPED',
  'SLEEPING',
  'SUCCESS',
  'WAITING',
] as const;
export type DeploymentStatus = (typeof deploymentStatuses)[number];

const onTheWay: readonly DeploymentStatus[] = [
  'QUEUED',
  'WAITING',
  'NEEDS_APPROVAL',
  'INITIALIZING',
  'BUILDING',
  'DEPLOYING',
];

/** What a deployment runs: a directory that was uploaded or checked out, or an image of a registry. */
export type Content =
  | { readonly kind: 'tree'; readonly dir: string }
  /** Unresolved where the registry does not know the reference. */
  | { readonly kind: 'image'; readonly ref: string; readonly image: Image | undefined };

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
