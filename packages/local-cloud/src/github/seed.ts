import type { CommitSource } from './commit-source.ts';
import { blobSha, treeSha } from './git-hash.ts';
import type { DeploymentState, Repository, WorkflowRun } from './model.ts';
import { emptyTree, fixedSha, type World } from './world.ts';

export interface CommitSeed {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: string;
  /** Milliseconds since the epoch; now when absent. */
  readonly date?: number;
  /** Content by path of the files it writes; all others are its first parent's. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface RepositorySeed {
  readonly owner: string;
  readonly name: string;
  /** Parents first. */
  readonly commits: readonly CommitSeed[];
  /** Branch name to SHA. */
  readonly branches: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** Default `main`. */
  readonly defaultBranch?: string;
  /** Has further commits, looked up when they are asked for. */
  readonly source?: CommitSource;
  /** Default true: only private repositories ask for read permissions. */
  readonly private?: boolean;
}

/** `owner/name`, as every seeding call names its repository. */
export type RepositoryName = `${string}/${string}`;

export interface DeploymentSeed {
  readonly sha: string;
  readonly ref?: string;
  readonly task?: string;
  readonly environment?: string;
  readonly payload?: object | string;
  readonly description?: string;
  readonly transient?: boolean;
  readonly createdAt?: number;
  readonly statuses?: readonly { readonly state: DeploymentState; readonly description?: string }[];
}

export type RunSeed = Pick<WorkflowRun, 'id' | 'headSha'> & Partial<WorkflowRun>;

/** Commits in one line, oldest first, with SHAs that follow from `title` and their place. */
export function linearHistory(count: number, title = 'Change'): CommitSeed[] {
  const sha = (index: number) => fixedSha(`${title} ${index}`);
  return Array.from({ length: count }, (_, index) => ({
    sha: sha(index),
    parents: index === 0 ? [] : [sha(index - 1)],
    message: `${title} ${index}`,
    author: 'Ada Lovelace',
  }));
}

export function plantRepository(world: World, seed: RepositorySeed): void {
  const facts = {
    owner: seed.owner,
    name: seed.name,
    private: seed.private ?? true,
    defaultBranch: seed.defaultBranch ?? 'main',
  };
  const repository = world.addRepository(facts, seed.source);
  addCommits(world, repository, seed.commits);
  for (const [branch, sha] of Object.entries(seed.branches)) repository.refs.set(`refs/heads/${branch}`, sha);
  for (const [tag, sha] of Object.entries(seed.tags ?? {})) repository.refs.set(`refs/tags/${tag}`, sha);
}

/** Commits on top of those a repository has. */
export function plantCommits(world: World, name: RepositoryName, commits: readonly CommitSeed[]): void {
  addCommits(world, seededRepository(world, name), commits);
}

function addCommits(world: World, repository: Repository, commits: readonly CommitSeed[]): void {
  for (const { sha, parents, message, author, date, files = {} } of commits) {
    const email = `${author.toLowerCase().replace(/\W+/g, '.')}@example.com`;
    const signature = { name: author, email, date: date ?? world.now() };
    const tree = treeWith(repository, parents[0], files);
    repository.graph.add({ sha, parents, message, author: signature, tree });
  }
}

function treeWith(
  repository: Repository,
  parent: string | undefined,
  files: Readonly<Record<string, string>>,
): string {
  const base = repository.graph.get(parent ?? '')?.tree ?? emptyTree;
  if (Object.keys(files).length === 0) return base;
  const written = Object.entries(files).map(([path, text]) => {
    const content = Buffer.from(text);
    const sha = blobSha(content);
    repository.blobs.set(sha, content);
    return { path, mode: '100644', type: 'blob', sha } as const;
  });
  const all = new Map(
    [...(repository.trees.get(base) ?? []), ...written].map((entry) => [entry.path, entry]),
  );
  const entries = [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const sha = treeSha(entries);
  repository.trees.set(sha, entries);
  return sha;
}

/** What is seeded has been there long enough for every list to have it, whatever time it is given. */
const listedAt = 0;

/** Records a minute apart, the newest a minute old, unless the template gives them a time. */
export function plantDeployments(
  world: World,
  name: RepositoryName,
  seeds: readonly DeploymentSeed[],
): number[] {
  const repository = seededRepository(world, name);
  const minute = 60_000;
  return seeds.map((seed, index) => {
    const environment = seed.environment ?? 'production';
    const createdAt = seed.createdAt ?? world.now() - (seeds.length - index) * minute;
    const deployment = world.addDeployment(repository, {
      sha: seed.sha,
      ref: seed.ref ?? seed.sha,
      task: seed.task ?? 'deploy',
      payload: seed.payload ?? {},
      environment,
      description: seed.description ?? null,
      creator: 'github-actions[bot]',
      transient: seed.transient ?? false,
      production: environment === 'production',
      createdAt,
      listedAt,
    });
    for (const status of seed.statuses ?? []) {
      world.addStatus(deployment, { ...status, creator: 'github-actions[bot]', createdAt, listedAt });
    }
    return deployment.id;
  });
}

export function plantRun(world: World, name: RepositoryName, seed: RunSeed): WorkflowRun {
  const run: WorkflowRun = {
    name: 'Deploy',
    headBranch: 'main',
    event: 'push',
    attempt: 1,
    actor: 'ada',
    createdAt: world.now(),
    cancelTakesMs: 0,
    openJobs: 0,
    worstJob: 'success',
    status: 'in_progress',
    conclusion: null,
    ...seed,
  };
  seededRepository(world, name).runs.set(seed.id, run);
  return run;
}

export function seededRepository(world: World, name: RepositoryName) {
  const [owner = '', short = ''] = name.split('/');
  const repository = world.repository(owner, short);
  if (repository === undefined) throw new Error(`no repository ${name} was seeded`);
  return repository;
}
