import { ActionFailure } from '../../../outcome/failure.ts';
import type { RailwayApi } from './api.ts';
import { listed } from './choose-named.ts';
import type { FoundService } from './find-target.ts';
import type { WireServiceInstance } from './wire-service.ts';

/**
 * The settings in force for a service that was found, and what runs of it. Failures: `target-not-found`, which lists the
 * services of the environment, where it is not in it; those of the API.
 */
export async function serviceInForce(api: RailwayApi, found: FoundService): Promise<WireServiceInstance> {
  try {
    return await api.serviceInstance(found.ids);
  } catch (error) {
    if (!(error instanceof ActionFailure && isOfTarget(error))) throw error;
    throw (await absence(api, found)) ?? error;
  }
}

/** What is answered for a service that is elsewhere in the project alone. */
function isOfTarget({ code }: ActionFailure): boolean {
  return code === 'target-not-found' || code === 'not-authorized';
}

/** Undefined where it is there all the same, or the environment does not tell. */
async function absence(
  api: RailwayApi,
  { project, environment, service }: FoundService,
): Promise<ActionFailure | undefined> {
  const answered = await api.environment(environment.id, project.id).catch(() => undefined);
  if (answered === undefined) return undefined;
  const here = answered.serviceInstances.map(({ serviceId: id, serviceName: name }) => ({ id, name }));
  if (here.some(({ id }) => id === service.id)) return undefined;
  return new ActionFailure({
    code: 'target-not-found',
    what: `The service ${service.name} of ${project.name} is not in the environment ${environment.name}`,
    why: here.length === 0 ? 'there is no service in it' : `in it are: ${listed(here)}`,
    next: `Correct \`railway-service\` or \`railway-environment\`, or add ${service.name} to ${environment.name} in Railway’s dashboard.`,
  });
}
