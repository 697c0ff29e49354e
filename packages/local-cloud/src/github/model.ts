import type { TreeEntry } from './commit.ts';
import type { CommitGraph } from './commit-graph.ts';

/** What the emulator remembers. Times are cloud milliseconds; GitHub prints whole seconds. */

export interface CommitStatus {
  readonly id: number;
  readonly kind: 'status' | 'check';
  readonly context: string;
  readonly state: 'success' | 'failure' | 'error' | 'pending';
  readonly createdAt: number;
}

export const deploymentStates = [
  'error',
  'failure',
  'inactive',
  'in_progress',
  'queued',
  'pending',
  'success',
] as const;
export type DeploymentState = (typeof deploymentStates)[number];

export interface DeploymentStatus {
  readonly id: number;
  readonly state: DeploymentState;
  readonly description: string;
  readonly environment: string;
  readonly environmentUrl: string;
  readonly logUrl: string;
  readonly creator: string;
  readonly createdAt: number;
  /** From when on lists have it. */
  listedAt: number;
}

export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly ref: string;
  readonly task: string;
  /** As it was given at creation: REST answers it unchanged. */
  readonly payload: object | string;
  readonly originalEnvironment: string;
  readonly description: string | null;
  readonly creator: string;
  readonly createdAt: number;
  readonly transient: boolean;
  readonly production: boolean;
  /** Oldest first. */
  readonly statuses: DeploymentStatus[];
  /** From when on lists have it. */
  listedAt: number;
  /** A status may relabel it. */
  environment: string;
  updatedAt: number;
}

export interface PullRequest {
  readonly headBranch: string;
  /** The fork its branch is in, `owner/name`; `deleted` when that fork is no more. Absent: a branch of this repository. */
  readonly fork?: `${string}/${string}` | 'deleted';
  /** The newest commit of a fork's branch. */
  readonly headSha?: string;
  readonly baseBranch: string;
  /** When it was closed; absent while it is open. */
  closedAt?: number;
}

export interface Issue {
  readonly number: number;
  readonly title: string;
  readonly author: string;
  readonly createdAt: number;
  readonly pull?: PullRequest;
}

export interface Comment {
  readonly id: number;
  readonly issue: number;
  readonly author: string;
  readonly createdAt: number;
  body: string;
  updatedAt: number;
}

export interface WorkflowRun {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  readonly headBranch: string;
  readonly event: string;
  readonly attempt: number;
  readonly actor: string;
  readonly createdAt: number;
  /** How long the run takes to end once it is asked to. */
  readonly cancelTakesMs: number;
  /** Jobs that began and have not ended. */
  openJobs: number;
  /** How the run ends by the jobs that ended so far. */
  worstJob: 'success' | 'failure' | 'cancelled';
  status: 'queued' | 'in_progress' | 'waiting' | 'completed';
  conclusion: string | null;
  /** When a cancelled run will have ended. */
  cancelledAt?: number;
}

export interface Repository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly private: boolean;
  readonly defaultBranch: string;
  readonly createdAt: number;
  readonly graph: CommitGraph;
  /** Full ref name to SHA: `refs/heads/main`. */
  readonly refs: Map<string, string>;
  readonly blobs: Map<string, Buffer>;
  readonly trees: Map<string, readonly TreeEntry[]>;
  /** Oldest first. */
  readonly deployments: Deployment[];
  readonly commitStatuses: Map<string, CommitStatus[]>;
  readonly issues: Map<number, Issue>;
  readonly comments: Map<number, Comment>;
  readonly runs: Map<number, WorkflowRun>;
}
