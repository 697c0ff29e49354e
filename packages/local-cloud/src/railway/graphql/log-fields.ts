import type { Deployment, Environment } from '../deployment.ts';
import type { LogLine } from '../log-book.ts';
import { logFilter } from '../log-filter.ts';
import { refused } from '../refusal.ts';
import type { RailwayWorld } from '../world.ts';

export interface DeploymentLogArguments {
  readonly deploymentId: string;
  readonly filter?: string | null;
  readonly limit?: number | null;
  readonly startDate?: string | null;
  readonly endDate?: string | null;
}

export interface EnvironmentLogArguments {
  readonly environmentId: string;
  readonly filter?: string | null;
  readonly anchorDate?: string | null;
  readonly beforeDate?: string | null;
  readonly beforeLimit?: number | null;
  readonly afterDate?: string | null;
  readonly afterLimit?: number | null;
}

/** Which lines of its environment a deployment's log has. */
export function linesOf(deployment: Deployment, kind: LogLine['kind'], filter?: string | null) {
  const isWanted = filterOf(filter);
  return (line: LogLine) => line.deployment === deployment && line.kind === kind && isWanted(line);
}

export function filterOf(text: string | null | undefined): (line: LogLine) => boolean {
  const filter = logFilter(text);
  if (filter === undefined) throw refused('Invalid log filter', 'BAD_USER_INPUT');
  return filter;
}

/** The last ones there are, oldest first: 100 unless a limit says otherwise, 5,000 at most. One more can come than asked for. */
export function deploymentLines(
  world: RailwayWorld,
  of: { readonly deployment: Deployment; readonly kind: LogLine['kind'] },
  { filter, limit, startDate, endDate }: DeploymentLogArguments,
): readonly LogLine[] {
  const isWanted = linesOf(of.deployment, of.kind, filter);
  const lines = world
    .logsOf(of.deployment.instance.environment)
    .lines()
    .filter((line) => isWanted(line) && isWithin(line, startDate, endDate));
  return lines.slice(-(Math.min(limit ?? 100, 5_000) + 1));
}

/** Around the anchor, or up to now without one: so many before it, so many after it. */
export function environmentLines(
  world: RailwayWorld,
  environment: Environment,
  wanted: EnvironmentLogArguments,
): readonly LogLine[] {
  const { anchorDate, beforeDate, beforeLimit, afterDate, afterLimit } = wanted;
  const isWanted = filterOf(wanted.filter);
  const lines = world.logsOf(environment).lines().filter(isWanted);
  const before = lines.filter((line) => isWithin(line, beforeDate, anchorDate));
  const after = anchorDate ? lines.filter((line) => isWithin(line, anchorDate, afterDate)) : [];
  return [...before.slice(-Math.max(1, beforeLimit ?? 100)), ...after.slice(0, afterLimit ?? 0)];
}

export function logFields({ deployment, kind, replica, ...line }: LogLine) {
  const { service, environment } = deployment.instance;
  const tags = {
    projectId: environment.project.id,
    environmentId: environment.id,
    serviceId: service.id,
    deploymentId: deployment.id,
    deploymentInstanceId: replica ?? null,
    snapshotId: kind === 'build' ? deployment.snapshotId : null,
  };
  return { ...line, tags };
}

/** Of nanoseconds only what a `Date` keeps is compared. */
function isWithin({ timestamp }: LogLine, from?: string | null, until?: string | null): boolean {
  const at = Date.parse(timestamp);
  return (!from || at >= Date.parse(from)) && (!until || at <= Date.parse(until));
}
