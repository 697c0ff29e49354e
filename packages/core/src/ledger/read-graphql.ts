import type { GitHubApi } from '../github/api.ts';
import { graphqlData } from './graphql-data.ts';
import { allStatuses, firstStatuses, statusPage } from './graphql-statuses.ts';
import { type Entry, pageSize, pagesAtMost, Unreadable } from './read.ts';

const query = `query ($owner: String!, $name: String!, $environment: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    nameWithOwner
    deployments(environments: [$environment], first: ${pageSize}, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { id databaseId task payload createdAt environment ${firstStatuses} }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

interface Page {
  readonly entries: readonly Entry[];
  readonly next: string | null;
}

/** The environment's deployments with their newest statuses, newest first, a hundred a call. Throws Unreadable. */
export async function* graphqlPages(api: GitHubApi, environment: string): AsyncGenerator<readonly Entry[]> {
  let after: string | null = null;
  for (let page = 0; page < pagesAtMost; page += 1) {
    const { entries, next }: Page = await readPage(api, environment, after);
    yield entries;
    if (next === null) return;
    after = next;
  }
}

async function readPage(api: GitHubApi, environment: string, after: string | null): Promise<Page> {
  const { owner, name } = api;
  const data = await graphqlData(api, query, { owner, name, environment, after });
  const { nameWithOwner, deployments } = Object(Object(data).repository);
  if (String(nameWithOwner).toLowerCase() !== `${owner}/${name}`.toLowerCase()) {
    throw new Unreadable(`GraphQL answered for the repository ${nameWithOwner}`);
  }
  const { nodes, pageInfo } = Object(deployments);
  if (!Array.isArray(nodes)) throw new Unreadable('GraphQL answered no deployments');
  return {
    entries: nodes.map((node) => entry(api, node, environment)),
    next: Object(pageInfo).hasNextPage === true ? String(Object(pageInfo).endCursor) : null,
  };
}

/** Refuses a hole or a stranger in the list: a walk that skips a record may choose the wrong release. */
function entry(api: GitHubApi, value: unknown, environment: string): Entry {
  const { id: node, databaseId, task, payload, createdAt, environment: place, statuses } = Object(value);
  const first = statusPage(statuses);
  if (!Number.isSafeInteger(databaseId) || typeof createdAt !== 'string' || first === undefined) {
    throw new Unreadable('GraphQL answered a deployment without id, time or statuses');
  }
  if (place !== environment) throw new Unreadable(`GraphQL answered a deployment of ${place}`);
  const id = String(databaseId);
  return {
    id,
    task: String(task),
    created: createdAt,
    payload,
    known: first.rows,
    statuses: () => allStatuses(api, { id, node: String(node) }, first),
  };
}
