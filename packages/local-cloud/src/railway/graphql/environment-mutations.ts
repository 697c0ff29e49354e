import { findEnvironment, findProject } from '../access.ts';
import { notAuthorized, refused } from '../refusal.ts';
import { removeEnvironment } from '../remove-environment.ts';
import { newEnvironment, newInstance } from '../seed.ts';
import { environmentFields } from './project-fields.ts';
import type { Viewer } from './viewer.ts';

interface CreateInput {
  readonly projectId: string;
  readonly name: string;
  readonly sourceEnvironmentId?: string | null;
  readonly ephemeral?: boolean | null;
  readonly skipInitialDeploys?: boolean | null;
  readonly applyChangesInBackground?: boolean | null;
}

/** Not with a project token: it is of one environment. */
export const environmentMutations = {
  environmentCreate: ({ input }: { input: CreateInput }, viewer: Viewer) => {
    const { world, token, deploys } = viewer;
    if (token?.kind === 'project') throw notAuthorized();
    const project = findProject(world, token, input.projectId);
    const names = world.environments().filter((one) => one.project === project);
    if (names.some(({ name }) => name === input.name))
      throw refused(`An environment named "${input.name}" already exists in this project`, 'BAD_USER_INPUT');
    const source = input.sourceEnvironmentId
      ? findEnvironment(world, token, input.sourceEnvironmentId)
      : undefined;
    const now = world.doors.clock.now();
    const made = newEnvironment(project, {
      ...{ id: world.doors.ids.next(), name: input.name, now, source },
      isEphemeral: input.ephemeral ?? false,
    });
    const copy = () => {
      for (const original of source?.instances.values() ?? []) {
        const { service, settings, variables, deployments } = original;
        const hosts = original.domains.some(({ kind }) => kind === 'service') ? {} : { hosts: [] };
        const instance = newInstance(service, made, { seed: { settings, variables, ...hosts }, now });
        made.instances.set(service.id, instance);
        const last = deployments.findLast(({ wasLive }) => wasLive);
        if (last !== undefined && !input.skipInitialDeploys)
          deploys.begin(instance, { content: last.content, isBuilt: true, meta: last.meta });
      }
    };
    const { switches, clock, closed } = world.doors;
    if (!input.applyChangesInBackground || switches.pace.copyMs === 0) copy();
    else void clock.until(now + switches.pace.copyMs, closed).then(() => void (closed.aborted || copy()));
    return environmentFields(made, viewer);
  },
  environmentDelete: async ({ id }: { id: string }, { world, token, deploys }: Viewer) => {
    if (token?.kind === 'project') throw notAuthorized();
    const environment = findEnvironment(world, token, id);
    await removeEnvironment({ world, deploys }, environment);
    return true;
  },
};
