import { createHash } from 'node:crypto';
import type { CloudClock } from '../clock.ts';
import { CommitGraph } from './commit-graph.ts';
import type { CommitSource } from './commit-source.ts';
import type { Deployment, DeploymentState, DeploymentStatus, Repository } from './model.ts';
import { type GitHubSwitches, initialSwitches } from './switches.ts';
import { asListed, lagOf, listed } from './visibility.ts';

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
  readonly #switches: Readonly<GitHubSwitches>;
  readonly #repositories = new Map<string, Repository>();
  #issued = new Map<keyof typeof firstIds, number>();

  constructor(clock: CloudClock, switches: Readonly<GitHubSwitches> = initialSwitches) {
    this.#clock = clock;
    this.#switches = switches;
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

  /** Whatever repository it is of: its id alone tells it from all others. */
  deployment(id: number): { readonly repository: Repository; readonly deployment: Deployment } | undefined {
    for (const repository of this.#repositories.values()) {
      const deployment = repository.deployments.find((candidate) => candidate.id === id);
      if (deployment !== undefined) return { repository, deployment };
    }
    return undefined;
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
    const id = this.nextId('deployment');
    const deployment: Deployment = {
      ...facts,
      id,
      originalEnvironment: facts.environment,
      createdAt,
      updatedAt: createdAt,
      listedAt: facts.listedAt ?? createdAt + this.#lag('deployment', id),
      statuses: [],
    };
    repository.deployments.push(deployment);
    return deployment;
  }

  addStatus(deployment: Deployment, facts: NewStatus): DeploymentStatus {
    const id = this.nextId('deploymentStatus');
    const createdAt = facts.createdAt ?? this.now();
    const status: DeploymentStatus = {
      id,
      description: '',
      environmentUrl: '',
      logUrl: '',
      environment: deployment.environment,
      createdAt,
      listedAt: createdAt + this.#lag('deploymentStatus', id),
      ...facts,
    };
    deployment.statuses.push(status);
    deployment.environment = status.environment;
    deployment.updatedAt = status.createdAt;
    return status;
  }

  /** A repository's deployments as lists and queries have them now, oldest first. */
  listedDeployments({ deployments }: Repository): readonly Deployment[] {
    return listed(deployments, this.#seenUntil());
  }

  /** A deployment that was asked for by its id, with what lists and queries have of its statuses now. */
  asListed(deployment: Deployment): Deployment {
    return asListed(deployment, this.#seenUntil());
  }

  /** Lists and queries have all that was written so far. */
  reveal(): void {
    const deployments = [...this.#repositories.values()].flatMap((repository) => repository.deployments);
    const now = this.now();
    for (const written of deployments.flatMap((deployment) => [deployment, ...deployment.statuses])) {
      written.listedAt = Math.min(written.listedAt, now);
    }
  }

  clear(): void {
    this.#repositories.clear();
    this.#issued = new Map();
  }

  #seenUntil(): number {
    return this.#switches.visibility === 'late' ? this.now() : Number.POSITIVE_INFINITY;
  }

  #lag(kind: keyof typeof firstIds, id: number): number {
    return lagOf(this.#switches.visibilitySeed, kind, id);
  }
}

export type NewDeployment = Omit<
  Deployment,
  'id' | 'originalEnvironment' | 'createdAt' | 'updatedAt' | 'listedAt' | 'statuses'
> & { readonly createdAt?: number; readonly listedAt?: number };

export type NewStatus = Partial<Omit<DeploymentStatus, 'id'>> & {
  readonly state: DeploymentState;
  readonly creator: string;
};

/** Forty hex digits that follow from a text, for commits nobody has to build. */
export function fixedSha(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
