/**
 * What is asked of Railway, each a whole document with a name: Railway's logs and our journal know it by that. Variables
 * that are ids say of what, since a failure lists them.
 */

const project = `id name workspaceId deletedAt
  environments { edges { node { id name canAccess deletedAt isEphemeral createdAt } } }
  services { edges { node { id name } } }`;

/** What is told of every deployment. Who made it is asked of one alone: a list is refused whole where it may not be read. */
const deployment = `id status createdAt statusUpdatedAt deploymentStopped canRollback canRedeploy staticUrl url meta
  environmentId serviceId projectId snapshotId`;

const instances = 'instances { id status }';

/** Of one that is followed: what moves. */
const moving = `id status createdAt statusUpdatedAt deploymentStopped meta ${instances}`;

const logLine = 'timestamp message severity attributes { key value }';

const domains = `serviceDomains { id domain targetPort syncStatus } customDomains { id domain targetPort syncStatus }`;

const page = 'pageInfo { hasNextPage endCursor }';

export const queries = {
  projectToken: 'query ProjectToken { projectToken { id name project { id name } environment { id name } } }',
  apiToken: 'query ApiToken { apiToken { workspaces { id name } } }',
  me: 'query Me { me { id } }',
  platformStatus:
    'query PlatformStatus { platformStatus { isStable incident { message status url } maintenance { message status url } } }',
  project: `query Project($projectId: String!) { project(id: $projectId) { ${project} } }`,
  projects: `query Projects($workspaceId: String, $after: String) {
    projects(workspaceId: $workspaceId, first: 100, after: $after) { edges { node { id name } } ${page} } }`,
  environment: `query Environment($environmentId: String!, $projectId: String) {
    environment(id: $environmentId, projectId: $projectId) { id name isEphemeral createdAt
      meta { prNumber prRepo prTitle branch baseBranch }
      serviceInstances(first: 500) { edges { node { serviceId serviceName } } } } }`,
  policy: `query WorkspacePolicy($workspaceId: String!) { workspacePolicy(workspaceId: $workspaceId) {
    restrictDeploysToAllowedSources restrictRailwayDomainGeneration } }`,
  pullRequestSettings: `query PullRequestSettings($projectId: String!) { project(id: $projectId) {
    prDeploys botPrEnvironments focusedPrEnvironments } }`,
  plan: 'query Plan($projectId: String!) { project(id: $projectId) { subscriptionType } }',
  serviceInstance: `query ServiceInstance($serviceId: String!, $environmentId: String!) {
    serviceInstance(serviceId: $serviceId, environmentId: $environmentId) {
      id serviceId serviceName healthcheckPath healthcheckTimeout startCommand buildCommand preDeployCommand
      dockerfilePath overlapSeconds drainingSeconds restartPolicyType restartPolicyMaxRetries numReplicas region
      source { repo image } rootDirectory watchPatterns builder sleepApplication cronSchedule railwayConfigFile
      domains { ${domains} } latestDeployment { id status } activeDeployments { ${deployment} ${instances} } } }`,
  deployments: `query Deployments($input: DeploymentListInput!, $first: Int, $after: String) {
    deployments(input: $input, first: $first, after: $after) { edges { node { ${deployment} ${instances} } } ${page} } }`,
  deployment: `query Deployment($deploymentId: String!) { deployment(id: $deploymentId) {
    ${deployment} ${instances} diagnosis creator { name email } } }`,
  deploymentState: `query DeploymentState($deploymentId: String!) { deployment(id: $deploymentId) { ${moving} } }`,
  deploymentEvents: `query DeploymentEvents($deploymentId: String!, $after: String) {
    deploymentEvents(id: $deploymentId, first: 100, after: $after) {
      edges { node { id step createdAt completedAt
        payload { attempt maxAttempts durationMs detail error reason skipped } } } ${page} } }`,
  buildLogs: `query BuildLogs($deploymentId: String!, $limit: Int) {
    buildLogs(deploymentId: $deploymentId, limit: $limit) { ${logLine} } }`,
  deploymentLogs: `query DeploymentLogs($deploymentId: String!, $limit: Int) {
    deploymentLogs(deploymentId: $deploymentId, limit: $limit) { ${logLine} } }`,
  environmentLogs: `query EnvironmentLogs($environmentId: String!, $filter: String, $beforeDate: String, $beforeLimit: Int) {
    environmentLogs(environmentId: $environmentId, filter: $filter, beforeDate: $beforeDate, beforeLimit: $beforeLimit) {
      ${logLine} } }`,
  triggers: `query Triggers($projectId: String!, $environmentId: String!, $serviceId: String!) {
    deploymentTriggers(projectId: $projectId, environmentId: $environmentId, serviceId: $serviceId) {
      edges { node { id repository branch provider checkSuites } } } }`,
  autoDeploy: `query AutoDeploy($projectId: String!, $environmentId: String!, $serviceId: String!) {
    serviceInstanceAutoDeployStatus(projectId: $projectId, environmentId: $environmentId, serviceId: $serviceId) {
      enabled canEnable reason } }`,
} as const;

export const mutations = {
  rollback: 'mutation DeploymentRollback($deploymentId: String!) { deploymentRollback(id: $deploymentId) }',
  redeploy: `mutation DeploymentRedeploy($deploymentId: String!, $usePreviousImageTag: Boolean) {
    deploymentRedeploy(id: $deploymentId, usePreviousImageTag: $usePreviousImageTag) { id } }`,
  cancel: 'mutation DeploymentCancel($deploymentId: String!) { deploymentCancel(id: $deploymentId) }',
  remove: 'mutation DeploymentRemove($deploymentId: String!) { deploymentRemove(id: $deploymentId) }',
  deploy: `mutation ServiceInstanceDeploy($serviceId: String!, $environmentId: String!, $commitSha: String) {
    serviceInstanceDeployV2(serviceId: $serviceId, environmentId: $environmentId, commitSha: $commitSha) }`,
  update: `mutation ServiceInstanceUpdate($serviceId: String!, $environmentId: String!, $input: ServiceInstanceUpdateInput!) {
    serviceInstanceUpdate(serviceId: $serviceId, environmentId: $environmentId, input: $input) }`,
  createEnvironment:
    'mutation EnvironmentCreate($input: EnvironmentCreateInput!) { environmentCreate(input: $input) { id name } }',
  deleteEnvironment:
    'mutation EnvironmentDelete($environmentId: String!) { environmentDelete(id: $environmentId) }',
  createDomain:
    'mutation ServiceDomainCreate($input: ServiceDomainCreateInput!) { serviceDomainCreate(input: $input) { id domain } }',
} as const;

/** What is streamed: see `watch/`. */
export const subscriptions = {
  deployment: `subscription Deployment($deploymentId: String!) { deployment(id: $deploymentId) { ${moving} } }`,
  deploymentEvents: `subscription DeploymentEvents($deploymentId: String!) {
    deploymentEvents(id: $deploymentId) { id step createdAt completedAt
      payload { attempt maxAttempts durationMs detail error reason skipped } } }`,
  buildLogs: `subscription BuildLogs($deploymentId: String!, $limit: Int) {
    buildLogs(deploymentId: $deploymentId, filter: "", limit: $limit) { ${logLine} } }`,
  deploymentLogs: `subscription DeploymentLogs($deploymentId: String!, $limit: Int) {
    deploymentLogs(deploymentId: $deploymentId, filter: "", limit: $limit) { ${logLine} } }`,
} as const;

/** The name of a document's operation: `DeploymentRollback`. */
export function operationOf(document: string): string {
  return /^\s*(?:query|mutation|subscription)\s+(\w+)/.exec(document)?.[1] ?? 'unnamed';
}
