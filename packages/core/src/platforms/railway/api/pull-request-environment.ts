import type { RailwayReads } from './reads.ts';
import type { WireEnvironment, WireProject } from './wire-service.ts';

export interface PullRequest {
  /** `acme/shop`. */
  readonly repository: string;
  readonly number: number;
}

/** Most environments that are asked whose they are: a project has one for each open pull request. */
const mostAsked = 50;

/**
 * The environment that Railway made for a pull request; undefined where there is none (yet). Its name says so, `shop-pr-19`,
 * and the environment itself says it for sure: those that may be it are asked. Failures: those of the API.
 */
export async function pullRequestEnvironment(
  api: Pick<RailwayReads, 'environment'>,
  project: Pick<WireProject, 'id' | 'environments'>,
  wanted: PullRequest,
): Promise<WireEnvironment | undefined> {
  const isNamedSo = namedAs(wanted);
  const passing = project.environments.filter(
    (one) => one.deletedAt === undefined && (one.isEphemeral === true || isNamedSo(one)),
  );
  const likely = passing.toSorted((one, other) => Number(isNamedSo(other)) - Number(isNamedSo(one)));
  for (const { id } of likely.slice(0, mostAsked)) {
    const environment = await api.environment(id, project.id);
    if (isOf(environment, wanted)) return environment;
  }
  return undefined;
}

/**
 * The one that is named as the environment of a pull request, and of which Railway does not say whose it is; undefined where
 * there is none. Failures: those of the API.
 */
export async function unclaimedEnvironment(
  api: Pick<RailwayReads, 'environment'>,
  project: Pick<WireProject, 'id' | 'environments'>,
  wanted: PullRequest,
): Promise<WireEnvironment | undefined> {
  const isNamedSo = namedAs(wanted);
  for (const one of project.environments) {
    if (one.deletedAt !== undefined || !isNamedSo(one)) continue;
    const environment = await api.environment(one.id, project.id);
    if (environment.meta?.prNumber === undefined) return environment;
  }
  return undefined;
}

function namedAs({ number }: PullRequest): (environment: { readonly name: string }) => boolean {
  return ({ name }) => name.endsWith(`-pr-${number}`);
}

function isOf({ meta }: WireEnvironment, { repository, number }: PullRequest): boolean {
  const repo = meta?.prRepo?.toLowerCase();
  return meta?.prNumber === number && (repo === undefined || repo === repository.toLowerCase());
}
