import type { Image } from '../apps/images.ts';

/** What Railway keeps of an account: https://docs.railway.com/overview/the-basics. Projects are in `deployment.ts`. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly plan: Plan;
  /** A guardrail: only what comes from allowed sources may be deployed, which an upload and an image do not. */
  readonly onlyAllowedSources: boolean;
  readonly createdAt: number;
}

export type Plan = 'free' | 'hobby' | 'pro';

/** The pull request an environment belongs to. */
export interface PullRequest {
  readonly number: number;
  readonly repo: string;
  readonly title: string;
  readonly branch: string;
  readonly baseBranch: string;
}

/** https://docs.railway.com/networking/cdn: a cache, and a challenge for whoever is no browser. */
export interface Edge {
  readonly purgeOnDeploy?: 'ALL' | 'HTML' | 'OFF';
  /** In seconds since the epoch. */
  readonly underAttackModeUntil?: number;
}

export interface Domain {
  readonly id: string;
  readonly domain: string;
  readonly kind: 'service' | 'custom';
  readonly targetPort: number | undefined;
  readonly createdAt: number;
}

/** The link of a service instance to a branch: a push to it makes a deployment. */
export interface Trigger {
  readonly id: string;
  readonly repository: string;
  readonly branch: string;
  /** "Wait for CI". */
  readonly checkSuites: boolean;
  readonly enabled: boolean;
}

export type RestartPolicy = 'ALWAYS' | 'NEVER' | 'ON_FAILURE';

/** What is in force for the next deployment of a service instance; null is Railway's own default. */
export interface Settings {
  readonly source: Source;
  readonly builder: 'HEROKU' | 'NIXPACKS' | 'PAKETO' | 'RAILPACK';
  readonly buildCommand: string | null;
  readonly startCommand: string | null;
  readonly preDeployCommand: readonly string[] | null;
  readonly dockerfilePath: string | null;
  readonly railwayConfigFile: string | null;
  readonly rootDirectory: string | null;
  readonly watchPatterns: readonly string[];
  readonly healthcheckPath: string | null;
  readonly healthcheckTimeout: number | null;
  readonly overlapSeconds: number | null;
  readonly drainingSeconds: number | null;
  readonly restartPolicyType: RestartPolicy;
  readonly restartPolicyMaxRetries: number;
  readonly sleepApplication: boolean;
  readonly cronSchedule: string | null;
  readonly region: string | null;
  /** Replicas by region; where it is null, `numReplicas` of them run in `region`. */
  readonly multiRegionConfig: Readonly<Record<string, { readonly numReplicas: number }>> | null;
  readonly numReplicas: number | null;
}

/** Where deployments that nobody uploaded come from; neither for a service that is only uploaded to. */
export interface Source {
  readonly repo: string | null;
  readonly image: string | null;
}

/** A new service as Railway makes it: restarted on failure ten times, no health check, no drain, no overlap. */
export const defaultSettings: Settings = {
  source: { repo: null, image: null },
  builder: 'RAILPACK',
  buildCommand: null,
  startCommand: null,
  preDeployCommand: null,
  dockerfilePath: null,
  railwayConfigFile: null,
  rootDirectory: null,
  watchPatterns: [],
  healthcheckPath: null,
  healthcheckTimeout: null,
  overlapSeconds: null,
  drainingSeconds: null,
  restartPolicyType: 'ON_FAILURE',
  restartPolicyMaxRetries: 10,
  sleepApplication: false,
  cronSchedule: null,
  region: null,
  multiRegionConfig: null,
  numReplicas: null,
};

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

/** What a deployment runs: a directory that was uploaded or checked out, or an image of a registry. */
export type Content =
  | { readonly kind: 'tree'; readonly dir: string }
  /** Unresolved where the registry does not know the reference. */
  | { readonly kind: 'image'; readonly ref: string; readonly image: Image | undefined };
