import type { GraphqlProblem } from '../../../io/graphql-problem.ts';
import { ActionFailure } from '../../../outcome/failure.ts';
import { endOf, lineOf } from '../../../text/cut.ts';

/** Only the first of a GraphQL answer's errors is worth telling. */
export function graphqlFailure(name: string, problem: GraphqlProblem): ActionFailure {
  const { code } = problem;
  if (code === 'NOT_FOUND' || /could not find app/i.test(problem.message)) return appNotFound(name);
  if (code === 'UNAUTHORIZED' || /not authorized|must be authenticated/i.test(problem.message)) {
    return tokenRejected(name, problem.message);
  }
  return new ActionFailure({
    code: 'platform-error',
    what: `Fly's GraphQL API answered: ${endOf(problem.message, 300)}`,
    next: 'Look at https://status.flyio.net, then run the job again.',
  });
}

export function appNotFound(name: string, status?: number): ActionFailure {
  return new ActionFailure({
    code: 'app-not-found',
    what: `Fly knows no app \`${name}\` for this token${status === undefined ? '' : ` (${status})`}`,
    why: 'Fly answers the same for an app that does not exist and for one of another organization',
    next: `Correct \`fly-app\`, make the app with \`fly apps create ${name}\`, or use a token of the organization that owns it.`,
  });
}

export function organizationNotFound(slug: string, status: number): ActionFailure {
  return new ActionFailure({
    code: 'token-kind',
    what: `Fly shows this token no apps of the organization \`${slug}\` (${status})`,
    why: 'the organization has another slug, or the token is bound to one app',
    next: `Run \`fly tokens create org --org ${slug}\` and store its whole output as the secret, or correct \`fly-org\`.`,
  });
}

export function tokenRejected(name: string, said: string): ActionFailure {
  return new ActionFailure({
    code: 'token-rejected',
    what: `Fly refused the token (401): ${lineOf(said, 120)}`,
    why: 'it has expired, was revoked, or was cut off when it was stored (a blank follows `FlyV1`)',
    next: `Run \`fly tokens create deploy --app ${name}\` and store its whole output as the secret.`,
  });
}
