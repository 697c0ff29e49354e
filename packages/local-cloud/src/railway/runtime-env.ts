import type { Deployment, ServiceInstance } from './deployment.ts';

/** What Railway tells a service of itself, beside its variables: https://docs.railway.com/variables/reference. */
export function railwayVariables({ service, environment, domains }: ServiceInstance): Record<string, string> {
  const { project } = environment;
  const domain = domains.findLast(({ kind }) => kind === 'service')?.domain;
  return {
    RAILWAY_PROJECT_ID: project.id,
    RAILWAY_PROJECT_NAME: project.name,
    RAILWAY_ENVIRONMENT_ID: environment.id,
    RAILWAY_ENVIRONMENT_NAME: environment.name,
    RAILWAY_SERVICE_ID: service.id,
    RAILWAY_SERVICE_NAME: service.name,
    RAILWAY_PRIVATE_DOMAIN: `${service.name}.railway.internal`,
    ...(domain === undefined ? {} : { RAILWAY_PUBLIC_DOMAIN: domain, RAILWAY_STATIC_URL: domain }),
  };
}

/** The whole environment of one replica but for PATH and PORT. */
export function replicaEnvironment(
  deployment: Deployment,
  replica: { readonly id: string; readonly region: string },
): Record<string, string> {
  const { meta } = deployment;
  const git = {
    RAILWAY_GIT_COMMIT_SHA: meta.commitHash,
    RAILWAY_GIT_BRANCH: meta.branch,
    RAILWAY_GIT_COMMIT_MESSAGE: meta.repo === undefined ? undefined : meta.commitMessage,
  };
  const known = Object.entries(git).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return {
    ...deployment.variables,
    ...railwayVariables(deployment.instance),
    ...Object.fromEntries(known),
    RAILWAY_DEPLOYMENT_ID: deployment.id,
    RAILWAY_SNAPSHOT_ID: deployment.snapshotId,
    RAILWAY_REPLICA_ID: replica.id,
    RAILWAY_REPLICA_REGION: replica.region,
  };
}
