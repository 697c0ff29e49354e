import type { Ports } from '../../../action/ports.ts';
import { platformTime } from '../../../deployment/platform-time.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import type { Target } from '../../platform.ts';
import { chooseNamed } from '../api/choose-named.ts';
import { environmentIn, findProject } from '../api/find-target.ts';
import { openRailwayApi } from '../api/open-api.ts';
import { railwayTarget } from '../api/target.ts';
import type { RailwayGiven } from '../ask.ts';
import type { Named } from '../token/token.ts';
import { FollowedEnvironment } from './followed-environment.ts';
import { MadeEnvironments } from './made-environments.ts';

/** A project on Railway whose pull requests have environments. */
export interface RailwayPreviews {
  readonly service: Named;
  readonly project: Named;
  /** What Railway makes by itself. */
  readonly followed: FollowedEnvironment;
  /** What is made here, of the environment that `railway-environment` names. */
  readonly made: MadeEnvironments;
  /** The service in one of its environments. */
  target(environment: Named): Target;
}

/** Failures: `token-kind`, those of `findService` and of the API. */
export async function openPreviews(
  { http: direct, clock: own, signal }: Pick<Ports, 'http' | 'clock' | 'signal'>,
  given: RailwayGiven,
): Promise<RailwayPreviews> {
  const { http, clock } = platformTime({ http: direct, clock: own });
  const api = await openRailwayApi({ http, clock }, given.railwayToken ?? '');
  if (api.token.kind === 'project') throw tokenTooNarrow(api.token.environment);
  const project = await findProject(api, { project: given.railwayProject });
  const service = chooseNamed('service', given.railwayService, project.services);
  const parts = { api, clock, signal, project, service };
  return {
    service,
    project: { id: project.id, name: project.name },
    followed: new FollowedEnvironment(parts),
    made: new MadeEnvironments(parts, () =>
      environmentIn(project, api, { environment: given.railwayEnvironment }),
    ),
    target: (environment) =>
      railwayTarget({
        ...{ project, service, workspaceId: project.workspaceId },
        environment: { ...environment, isEphemeral: true },
        ids: { projectId: project.id, environmentId: environment.id, serviceId: service.id },
      }),
  };
}

/** Said before anything is waited for: no pull request's environment is reached with it. */
function tokenTooNarrow({ name }: Named): ActionFailure {
  return new ActionFailure({
    code: 'token-kind',
    what: `\`railway-token\` is a project token, bound to the environment ${name}`,
    why: 'a pull request has an environment of its own, which no project token reaches that was made before it',
    next: 'Create a token for the workspace in the account’s settings, under Tokens, and store it as the secret this job reads.',
  });
}
