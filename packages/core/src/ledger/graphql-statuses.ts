import type { GitHubApi } from '../github/api.ts';
import { graphqlData } from './graphql-data.ts';
import { pageSize, pagesAtMost, type Statuses, Unreadable } from './read.ts';
import type { StatusRow } from './rows.ts';

const fields = 'nodes { description state createdAt } pageInfo { hasNextPage endCursor }';

/** The first page of a deployment's statuses, as part of the list of deployments. */
export const firstStatuses = `statuses(first: ${pageSize}) { ${fields} }`;

const query = `query ($id: ID!, $after: String) {
  node(id: $id) { ... on Deployment { databaseId statuses(first: ${pageSize}, after: $after) { ${fields} } } }
}`;

export interface StatusPage {
  readonly rows: readonly StatusRow[];
  readonly next: string | null;
}

/** Reads a page; undefined when it is none. */
export function statusPage(value: unknown): StatusPage | undefined {
  const { nodes, pageInfo } = Object(value);
  if (!Array.isArray(nodes)) return undefined;
  const { hasNextPage, endCursor } = Object(pageInfo);
  return { rows: nodes.map(row), next: hasNextPage === true ? String(endCursor) : null };
}

function row(node: unknown): StatusRow {
  const { description, state, createdAt } = Object(node);
  return {
    description: typeof description === 'string' ? description : null,
    // GraphQL shouts what REST says.
    state: String(state).toLowerCase(),
    created: String(createdAt),
  };
}

/** All statuses of a deployment whose first page is there: a call for each further one. Throws Unreadable. */
export async function allStatuses(
  api: GitHubApi,
  deployment: { readonly id: string; readonly node: string },
  first: StatusPage,
): Promise<Statuses> {
  const rows = [...first.rows];
  let { next } = first;
  for (let page = 2; page <= pagesAtMost && next !== null; page += 1) {
    const { node } = Object(await graphqlData(api, query, { id: deployment.node, after: next }));
    const read = statusPage(Object(node).statuses);
    if (read === undefined || String(Object(node).databaseId) !== deployment.id) {
      throw new Unreadable(`GraphQL answered no statuses of the deployment ${deployment.id}`);
    }
    rows.push(...read.rows);
    next = read.next;
  }
  return { rows, isCut: next !== null };
}
