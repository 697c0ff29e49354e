import { describeHttpError, describeRefusal, type GitHubApi, jsonOf, refusal } from '../github/api.ts';
import { idOf } from '../github/id.ts';
import { type Entry, pageSize, pagesAtMost, type Statuses, Unreadable } from './read.ts';
import type { StatusRow } from './rows.ts';

/** The same list where GraphQL is refused: a call a page, and more for each record whose statuses are wanted. */
export async function* restPages(api: GitHubApi, environment: string): AsyncGenerator<readonly Entry[]> {
  for (let page = 1; page <= pagesAtMost; page += 1) {
    const rows = await list(api, ({ repos }, repository) =>
      repos.listDeployments({ ...repository, environment, per_page: pageSize, page }),
    );
    yield rows.map((row) => entry(api, row, environment)).sort((a, b) => Number(b.id) - Number(a.id));
    if (rows.length < pageSize) return;
  }
}

/** A page of the statuses of one deployment, newest first. Throws Unreadable. */
export async function restStatuses(api: GitHubApi, id: string, page = 1): Promise<readonly StatusRow[]> {
  const rows = await list(api, ({ repos }, repository) =>
    repos.listDeploymentStatuses({ ...repository, deployment_id: idOf(id), per_page: pageSize, page }),
  );
  return rows.map((row) => {
    const { description, state, created_at } = Object(row);
    return {
      description: typeof description === 'string' ? description : null,
      state: String(state),
      created: String(created_at),
    };
  });
}

/** All of them: a call for each hundred. */
async function allStatuses(api: GitHubApi, id: string): Promise<Statuses> {
  const rows: StatusRow[] = [];
  for (let page = 1; page <= pagesAtMost; page += 1) {
    const read = await restStatuses(api, id, page);
    rows.push(...read);
    if (read.length < pageSize) return { rows, isCut: false };
  }
  return { rows, isCut: true };
}

/** A page of what one endpoint lists. Throws Unreadable. */
export async function list(
  api: GitHubApi,
  call: Parameters<GitHubApi['rest']>[0],
): Promise<readonly unknown[]> {
  const answer = await api.rest(call).catch((error: unknown) => {
    throw new Unreadable(describeHttpError(error));
  });
  if (answer.status !== 200) throw new Unreadable(describeRefusal('GET', answer), refusal(answer));
  const rows = jsonOf(answer);
  if (!Array.isArray(rows)) throw new Unreadable(`GET ${answer.url} answered no list`);
  return rows;
}

function entry(api: GitHubApi, row: unknown, environment: string): Entry {
  const { id, task, payload, created_at, updated_at, environment: place } = Object(row);
  if (!Number.isSafeInteger(id) || typeof created_at !== 'string') {
    throw new Unreadable('GitHub answered a deployment without id or time');
  }
  if (place !== environment) throw new Unreadable(`GitHub answered a deployment of ${place}`);
  return {
    id: String(id),
    task: String(task),
    created: created_at,
    payload,
    known: [],
    updated: String(updated_at),
    statuses: () => allStatuses(api, String(id)),
  };
}
