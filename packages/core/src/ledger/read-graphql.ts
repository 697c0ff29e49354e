import { describeHttpError, describeRefusal, type GitHubApi, jsonOf, refusal } from './github-api.ts';
import { type Entry, pageSize, pagesAtMost, Unreadable } from './read.ts';

const query = `query ($owner: String!, $name: String!, $environment: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    nameWithOwner
    deployments(environments: [$environment], first: ${pageSize}, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes {
        databaseId task payload createdAt environment
        statuses(first: 100) { nodes { description state createdAt } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

interface Page {
  readonly entries: readonly Entry[];
  readonly next: string | null;
}

/** The environment's deployments with their statuses, newest first, a hundred a call. Throws Unreadable. */
export async function* graphqlEntries(api: GitHubApi, environment: string): AsyncGenerator<Entry> {
  let after: string | null = null;
  for (let page = 0; page < pagesAtMost; page += 1) {
    const { entries, next }: Page = await readPage(api, environment, after);
    yield* entries;
    if (next === null) return;
    after = next;
  }
}

async function readPage(api: GitHubApi, environment: string, after: string | null): Promise<Page> {
  const { owner, name } = api;
  const answer = await api.graphql(query, { owner, name, environment, after }).catch((error: unknown) => {
    throw new Unreadable(describeHttpError(error));
  });
  if (answer.status !== 200) throw new Unreadable(describeRefusal('POST', answer), refusal(answer));
  const { data, errors } = Object(jsonOf(answer));
  const [error] = Array.isArray(errors) ? errors : [];
  if (error !== undefined) throw new Unreadable(`GraphQL: ${Object(error).message}`);
  const { nameWithOwner, deployments } = Object(Object(data).repository);
  if (String(nameWithOwner).toLowerCase() !== `${owner}/${name}`.toLowerCase()) {
    throw new Unreadable(`GraphQL answered for the repository ${nameWithOwner}`);
  }
  const { nodes, pageInfo } = Object(deployments);
  if (!Array.isArray(nodes)) throw new Unreadable('GraphQL answered no deployments');
  return {
    entries: nodes.map((node) => entry(node, environment)),
    next: Object(pageInfo).hasNextPage === true ? String(Object(pageInfo).endCursor) : null,
  };
}

/** Refuses a hole or a stranger in the list: a walk that skips a record may choose the wrong release. */
function entry(node: unknown, environment: string): Entry {
  const { databaseId, task, payload, createdAt, environment: place, statuses } = Object(node);
  const rows: unknown = Object(statuses).nodes;
  if (!Number.isInteger(databaseId) || typeof createdAt !== 'string' || !Array.isArray(rows)) {
    throw new Unreadable('GraphQL answered a deployment without id, time or statuses');
  }
  if (place !== environment) throw new Unreadable(`GraphQL answered a deployment of ${place}`);
  const known = rows.map((row) => {
    const { description, state, createdAt: created } = Object(row);
    return {
      description: typeof description === 'string' ? description : null,
      // GraphQL shouts what REST says.
      state: String(state).toLowerCase(),
      created: String(created),
    };
  });
  return {
    id: String(databaseId),
    task: String(task),
    created: createdAt,
    payload,
    statuses: async () => known,
  };
}
