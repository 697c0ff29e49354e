import { graphqlRouteNames } from './graphql/route.ts';
import { commitRoutes } from './rest/commits.ts';
import { deploymentStatusRoutes } from './rest/deployment-statuses.ts';
import { deploymentRoutes } from './rest/deployments.ts';
import { gitObjectRoutes } from './rest/git-objects.ts';
import { issueRoutes } from './rest/issues.ts';
import { type OpenRoute, openRoutes } from './rest/open.ts';
import { refRoutes } from './rest/refs.ts';
import { repositoryRoutes } from './rest/repository.ts';
import { runRoutes } from './rest/runs.ts';
import { pathMatcher, type Route } from './route.ts';

export const repositoryScope: readonly Route[] = [
  ...repositoryRoutes,
  ...deploymentRoutes,
  ...deploymentStatusRoutes,
  ...commitRoutes,
  ...refRoutes,
  ...gitObjectRoutes,
  ...issueRoutes,
  ...runRoutes,
];

/** Every route by the name that faults and the journal know it by. REST routes say where they stand in GitHub's OpenAPI description. */
export const githubRoutes: readonly {
  readonly name: string;
  readonly mutation: boolean;
  readonly operation?: { readonly method: string; readonly path: string };
}[] = [
  ...[...openRoutes, ...repositoryScope].map(({ name, method, path }) => ({
    name,
    mutation: method !== 'GET',
    operation: { method, path },
  })),
  ...graphqlRouteNames.map((name) => ({ name, mutation: false })),
];

export type Found =
  | { readonly kind: 'open'; readonly route: OpenRoute }
  | { readonly kind: 'repository'; readonly route: Route; readonly params: Readonly<Record<string, string>> };

const matchers = [
  ...openRoutes.map((route) => ({ matches: pathMatcher(route.path), route, kind: 'open' as const })),
  ...repositoryScope.map((route) => ({
    matches: pathMatcher(route.path),
    route,
    kind: 'repository' as const,
  })),
];

/** The first route that fits; a HEAD is answered as its GET. */
export function findRoute(method: string, pathname: string): Found | undefined {
  const wanted = method === 'HEAD' ? 'GET' : method;
  for (const matcher of matchers) {
    const params = matcher.route.method === wanted ? matcher.matches(pathname) : undefined;
    if (params === undefined) continue;
    return matcher.kind === 'open'
      ? { kind: 'open', route: matcher.route }
      : { kind: 'repository', route: matcher.route, params };
  }
  return undefined;
}
