import { anything, flag, list, number, object, optional, text } from '../../../text/decode.ts';
import { deployment, maybe, named, nodesOf } from './wire.ts';

/** What Railway answers of a project, an environment, and a service in one. */

export const project = object({
  id: text,
  name: text,
  workspaceId: maybe(text),
  /** Set: it is deleted, and kept for a while. */
  deletedAt: maybe(text),
  environments: nodesOf(
    object({
      id: text,
      name: text,
      /** False: it is restricted, and this token is kept out of it. */
      canAccess: maybe(flag),
      deletedAt: maybe(text),
      /** Made for a pull request, or by a tool: it goes again. */
      isEphemeral: maybe(flag),
      createdAt: maybe(text),
    }),
  ),
  services: nodesOf(named),
});
export type WireProject = ReturnType<typeof project>;

export const environment = object({
  id: text,
  name: text,
  isEphemeral: maybe(flag),
  createdAt: maybe(text),
  /** Of one that Railway made for a pull request. */
  meta: maybe(
    object({
      prNumber: maybe(number),
      prRepo: maybe(text),
      prTitle: maybe(text),
      branch: maybe(text),
      baseBranch: maybe(text),
    }),
  ),
  /** The services that are in it. A focused pull request environment leaves unaffected ones out. */
  serviceInstances: nodesOf(object({ serviceId: text, serviceName: text })),
});
export type WireEnvironment = ReturnType<typeof environment>;

const domain = object({
  id: maybe(text),
  domain: text,
  targetPort: maybe(number),
  /** `ACTIVE` and others: whether the edge knows it yet. */
  syncStatus: maybe(text),
});
export type WireDomain = ReturnType<typeof domain>;

/** The settings in force for a service in an environment: what the next deployment gets. */
export const serviceInstance = object({
  id: text,
  serviceId: text,
  serviceName: text,
  /** None: a deployment is SUCCESS once its container has started. */
  healthcheckPath: maybe(text),
  /** Seconds; 300 where none is set. */
  healthcheckTimeout: maybe(number),
  startCommand: maybe(text),
  buildCommand: maybe(text),
  /** A text or a list of them. */
  preDeployCommand: optional(anything),
  dockerfilePath: maybe(text),
  /** Seconds both old and new serve; 0 where none is set. */
  overlapSeconds: maybe(number),
  /** Seconds between SIGTERM and SIGKILL for the old one; 0 where none is set. */
  drainingSeconds: maybe(number),
  restartPolicyType: maybe(text),
  restartPolicyMaxRetries: maybe(number),
  numReplicas: maybe(number),
  region: maybe(text),
  source: maybe(object({ repo: maybe(text), image: maybe(text) })),
  rootDirectory: maybe(text),
  watchPatterns: maybe(list(text)),
  builder: maybe(text),
  /** It sleeps after about ten minutes without outbound traffic, and the next request wakes it. */
  sleepApplication: maybe(flag),
  cronSchedule: maybe(text),
  railwayConfigFile: maybe(text),
  domains: maybe(object({ serviceDomains: list(domain), customDomains: list(domain) })),
  /** May still be the one before, right after a deploy was asked for. */
  latestDeployment: maybe(object({ id: text, status: text })),
  activeDeployments: list(deployment),
});
export type WireServiceInstance = ReturnType<typeof serviceInstance>;

/** What makes deployments of pushes by itself. */
export const trigger = object({
  id: text,
  repository: text,
  branch: text,
  provider: maybe(text),
  /** “Wait for CI”: the deployment is WAITING until the commit's check suites have ended. */
  checkSuites: maybe(flag),
});
export type WireTrigger = ReturnType<typeof trigger>;

export const autoDeploy = object({ enabled: flag, canEnable: maybe(flag), reason: maybe(text) });
export type WireAutoDeploy = ReturnType<typeof autoDeploy>;

/** What a project makes for pull requests by itself. Source: docs.railway.com, “Environments”, “PR environments”. */
export const pullRequestSettings = object({
  /** An environment for each. */
  prDeploys: maybe(flag),
  /** Also for those that bots open. */
  botPrEnvironments: maybe(flag),
  /** Services that the change does not touch are left out of it. */
  focusedPrEnvironments: maybe(flag),
});
export type WirePullRequestSettings = ReturnType<typeof pullRequestSettings>;

/** What a workspace forbids. Source: docs.railway.com, “Guardrails”. */
export const policy = object({
  restrictDeploysToAllowedSources: maybe(flag),
  restrictRailwayDomainGeneration: maybe(flag),
});
export type WirePolicy = ReturnType<typeof policy>;

const notice = object({ message: text, status: maybe(text), url: maybe(text) });
export const platformStatus = object({
  isStable: maybe(flag),
  incident: maybe(notice),
  maintenance: maybe(notice),
});
