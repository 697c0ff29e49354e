import type { ServiceInstance } from '../deployment.ts';
import type { Domain } from '../model.ts';
import { newestFirst } from '../world.ts';
import { deploymentFields } from './deployment-fields.ts';
import { time, type Viewer } from './viewer.ts';

/** A `ServiceInstance`: its settings are those of the next deployment, not of the one that serves. */
export function instanceFields(instance: ServiceInstance, viewer: Viewer) {
  const { service, environment, settings, deployments } = instance;
  const { multiRegionConfig, ...own } = settings;
  const { clock, switches } = viewer.world.doors;
  const known = clock.now() - switches.pace.latestMs;
  const latest = deployments.findLast(({ createdAt }) => createdAt <= known) ?? deployments.at(0);
  const regions = Object.keys(multiRegionConfig ?? {});
  return {
    ...own,
    __typename: 'ServiceInstance',
    id: instance.id,
    serviceId: service.id,
    serviceName: service.name,
    service: () => viewer.show.service(service),
    environmentId: environment.id,
    createdAt: time(instance.createdAt),
    updatedAt: time(instance.updatedAt),
    deletedAt: null,
    isUpdatable: settings.source.repo !== null,
    nextCronRunAt: null,
    numReplicas: settings.numReplicas,
    region: settings.region ?? regions[0] ?? null,
    source: settings.source.repo === null && settings.source.image === null ? null : settings.source,
    tracingEnabled: false,
    autoInstrumentationEnabled: false,
    upstreamUrl: null,
    edgeConfig: edgeFields(instance),
    domains: domainFields(instance),
    // The one before, for a moment after another was begun.
    latestDeployment: () => latest && deploymentFields(latest, viewer),
    activeDeployments: () =>
      newestFirst(instance)
        .filter(({ status }) => status === 'SUCCESS' || status === 'SLEEPING')
        .map((deployment) => deploymentFields(deployment, viewer)),
  };
}

/** What stands before the service: a cache, and a mode in which browsers alone get through. */
function edgeFields({ id, edge }: ServiceInstance) {
  if (edge === undefined) return null;
  const { purgeOnDeploy, underAttackModeUntil = null } = edge;
  const caching = purgeOnDeploy && {
    ...{ defaultTtlSeconds: 3_600, htmlCaching: 'on', mode: 'auto', purgeOnDeploy },
    staleWhileRevalidate: { enabled: false },
  };
  return {
    ...{ id, enabled: caching !== undefined, caching: caching ?? null, underAttackModeUntil },
    ...{ edgeRules: null, overrides: {}, purgeEpoch: 0, purgeEpochByKind: {} },
  };
}

/** All of an instance's domains, Railway's own and custom ones apart. */
export function domainFields(instance: ServiceInstance) {
  const of = (kind: Domain['kind']) =>
    instance.domains.filter((domain) => domain.kind === kind).map((domain) => oneDomain(domain, instance));
  return { serviceDomains: of('service'), customDomains: of('custom') };
}

export function oneDomain(domain: Domain, { service, environment }: ServiceInstance) {
  return {
    id: domain.id,
    domain: domain.domain,
    targetPort: domain.targetPort ?? null,
    serviceId: service.id,
    environmentId: environment.id,
    projectId: environment.project.id,
    createdAt: time(domain.createdAt),
    updatedAt: time(domain.createdAt),
    deletedAt: null,
    syncStatus: 'ACTIVE',
    suffix: domain.kind === 'service' ? 'up.railway.app' : null,
    isRailwayDomain: domain.kind === 'service',
  };
}

/** None for a service without one, or whose trigger was taken away. */
export function triggerFields({ trigger, service, environment }: ServiceInstance) {
  if (trigger === undefined) return [];
  const { id, repository, branch, checkSuites } = trigger;
  return [
    {
      id,
      repository,
      branch,
      checkSuites,
      provider: 'github',
      validCheckSuites: checkSuites ? 1 : 0,
      baseEnvironmentOverrideId: null,
      projectId: environment.project.id,
      environmentId: environment.id,
      serviceId: service.id,
    },
  ];
}
