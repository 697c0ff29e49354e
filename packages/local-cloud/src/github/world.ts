import { createHash } from 'node:crypto';
import type { CloudClock } from '../clock.ts';
import { CommitGraph } from './commit-graph.ts';
import type { CommitSource } from './commit-source.ts';
import type { Deployment, DeploymentState, DeploymentStatus, Repository } from './model.ts';

export const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Where the ids of each kind begin: far apart, so that one is never mistaken for another. */
const firstIds = {
  repository: 700_000_001,
  deployment: 1_900_000_001,
  deploymentStatus: 4_300_000_001,
  commitStatus: 30_000_000_001,
  comment: 1_800_000_001,
} as const;

/** Every repository of the emulated GitHub, and the ids and time they share. */
export class World {
  readonly #clock: CloudClock;
  readonly #repositories = new Map<string, Repository>();
  #issued = new Map<keyof typeof firstIds, number>();

  constructor(clock: CloudClock) {
    this.#clock = clock;
  }

  now(): number {
    return this.#clock.now();
  }

  nextId(kind: keyof typeof firstIds): number {
    const count = this.#issued.get(kind) ?? 0;
    this.#issued.set(kind, count + 1);
    return firstIds[kind] + count;
  }

  /** Owners and names are the same in any case. */
  repository(owner: string, name: string): Repository | undefined {
    return this.#repositories.get(`${owner}/${name}`.toLowerCase());
  }

  /** Every one of them, in the order they were added. */
  repositories(): readonly Repository[] {
    return [...this.#repositories.values()];
  }

  addRepository(
    facts: Pick<Repository, 'owner' | 'name' | 'private' | 'defaultBranch'>,
    source?: CommitSource,
  ): Repository {
    const repository: Repository = {
      ...facts,
      id: this.nextId('repository'),
      createdAt: this.now(),
      graph: new CommitGraph(source),
      refs: new Map(),
      blobs: new Map(),
      trees: new Map([[emptyTree, []]]),
      deployments: [],
      commitStatuses: new Map(),
      issues: new Map(),
      comments: new Map(),
      runs: new Map(),
    };
    this.#repositories.set(`${facts.owner}/${facts.name}`.toLowerCase(), repository);
    return repository;
  }

  addDeployment(repository: Repository, facts: NewDeployment): Deployment {
    const createdAt = facts.createdAt ?? this.now();
    const deployment: Deployment = {
      ...facts,
      id: this.nextId('deployment'),
      originalEnvironment: facts.environment,
      createdAt,
      updatedAt: createdAt,
      statuses: [],
    };
    repository.deployments.push(deployment);
    return deployment;
  }

  addStatus(deployment: Deployment, facts: NewStatus): DeploymentStatus {
    const status: DeploymentStatus = {
      id: this.nextId('deploymentStatus'),
      description: '',
      environmentUrl: '',
      logUrl: '',
      environment: deployment.environment,
      createdAt: this.now(),
      ...facts,
    };
    deployment.statuses.push(status);
    deployment.environment = status.environment;
    deployment.updatedAt = status.createdAt;
    return status;
  }

  clear(): void {
    this.#repositories.clear();
    this.#issued = new Map();
  }
}

export type NewDeployment = Omit<
  Deployment,
  'id' | 'originalEnvironment' | 'createdAt' | 'updatedAt' | 'statuses'
> & { readonly createdAt?: number };

export type NewStatus = Partial<Omit<DeploymentStatus, 'id'>> & {
  readonly state: DeploymentState;
  readonly creator: string;
};

/** Forty hex digits that follow from a text, for commits nobody has to build. */
export function fixedSha(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
