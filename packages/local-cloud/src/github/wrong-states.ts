/** Answers that are well formed and false, by name: what a `wrong` fault may turn a body into. */
export const githubWrongStates: Readonly<Record<string, (body: unknown) => unknown>> = {
  /** `compare.get`: an older commit looks newer, and the reverse. */
  'compare-swapped': (body) => {
    const comparison = Object(body);
    const swapped: Record<string, string> = { ahead: 'behind', behind: 'ahead' };
    return {
      ...comparison,
      status: swapped[comparison.status] ?? comparison.status,
      ahead_by: comparison.behind_by,
      behind_by: comparison.ahead_by,
    };
  },
  /** `deployments.list`, `deployment-statuses.list`: there never was anything. */
  'list-empty': () => [],
  /** `graphql.deployments`: the repository has no records. */
  'graphql-deployments-empty': (body) => {
    const { data, ...rest } = Object(body);
    const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
    const deployments = { nodes: [], totalCount: 0, pageInfo };
    return { ...rest, data: { ...data, repository: { ...data?.repository, deployments } } };
  },
};
