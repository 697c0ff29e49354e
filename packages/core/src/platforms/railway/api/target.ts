import type { Target } from '../../platform.ts';
import type { FoundService } from './find-target.ts';
import type { ServiceIds } from './reads.ts';
import type { WireServiceInstance } from './wire-service.ts';

/** The hosts of a service, those of its owner first: that is where its users are. */
export function hostsOf({ domains }: Pick<WireServiceInstance, 'domains'>): readonly string[] {
  const all = [...(domains?.customDomains ?? []), ...(domains?.serviceDomains ?? [])];
  return all.map(({ domain }) => domain).filter((host) => host !== '');
}

/** Where a deployment and its logs are on Railway. */
export function deploymentUrl(
  { projectId, environmentId, serviceId }: ServiceIds,
  deploymentId: string,
): string {
  const query = new URLSearchParams({ environmentId, id: deploymentId });
  return `https://railway.com/project/${projectId}/service/${serviceId}?${query}`;
}

/** A service in an environment as a target. One without a domain is reached from Railway's private network alone, and has no address. */
export function railwayTarget({ project, environment, service }: FoundService, host?: string): Target {
  const dashboardUrl = `https://railway.com/project/${project.id}/service/${service.id}?environmentId=${environment.id}`;
  const which = `--service ${service.id} --environment ${environment.id}`;
  return {
    platform: 'railway',
    id: `railway:${project.id}/${environment.id}/${service.id}`,
    name: service.name,
    shown: `railway:${project.name}/${environment.name}/${service.name}`,
    ...(host === undefined ? {} : { url: `https://${host}` }),
    dashboardUrl,
    byHand: { status: `railway deployment list ${which}`, logs: `railway logs ${which}` },
  };
}
