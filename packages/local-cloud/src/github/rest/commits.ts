import type { ServiceAnswer } from '../../service.ts';
import { nodeId, notFound, ok, refuse, timestamp } from '../answers.ts';
import type { Commit } from '../commit.ts';
import type { CommitStatus, Repository } from '../model.ts';
import { paged } from '../paging.ts';
import { commitJson } from '../render/commit.ts';
import { apiUrl, webUrl } from '../render/links.ts';
import { userJson } from '../render/user.ts';
import { commitNamed } from '../revisions.ts';
import { type Call, type Route, reads } from '../route.ts';
import { changedFiles } from '../tree-diff.ts';

const path = '/repos/{owner}/{repo}';

/** A branch may be named `x/statuses`, so the longer path is matched first. */
export const commitRoutes: readonly Route[] = [
  {
    name: 'commit-statuses.list',
    method: 'GET',
    path: `${path}/commits/{ref}/statuses`,
    need: reads('statuses'),
    answer: statuses,
  },
  { name: 'commits.get', method: 'GET', path: `${path}/commits/{ref}`, need: reads('contents'), answer: get },
  {
    name: 'compare.get',
    method: 'GET',
    path: `${path}/compare/{basehead}`,
    need: reads('contents'),
    answer: compare,
  },
];

function get(call: Call): ServiceAnswer {
  const commit = commitOf(call);
  return ok({
    ...commitJson(call.repository, commit),
    stats: { additions: 0, deletions: 0, total: 0 },
    files: changedFiles(call.repository, call.repository.graph.get(commit.parents[0] ?? ''), commit),
  });
}

function commitOf(call: Call): Commit {
  const ref = call.params.ref ?? '';
  const commit = commitNamed(call.repository, ref);
  if (commit === undefined) throw refuse(422, `No commit found for SHA: ${ref}`);
  return commit;
}

function statuses(call: Call): ServiceAnswer {
  const commit = commitOf(call);
  const all = call.repository.commitStatuses.get(commit.sha) ?? [];
  const newestFirst = all.filter((status) => status.kind === 'status').toReversed();
  return paged(newestFirst, call.url, (status) => statusJson(call.repository, commit.sha, status));
}

function statusJson(repository: Repository, sha: string, status: CommitStatus): object {
  return {
    url: `${apiUrl(repository)}/statuses/${sha}`,
    avatar_url: null,
    id: status.id,
    node_id: nodeId('StatusContext', status.id),
    state: status.state,
    description: null,
    target_url: null,
    context: status.context,
    created_at: timestamp(status.createdAt),
    updated_at: timestamp(status.createdAt),
    creator: userJson('github-actions[bot]'),
  };
}

/** Lists at most 250 commits; the counts are always of all. The files are those in which head differs from the merge base. */
function compare(call: Call): ServiceAnswer {
  const { repository } = call;
  const basehead = call.params.basehead ?? '';
  const [base, head] = basehead.split('...').map((name) => commitNamed(repository, name));
  if (base === undefined || head === undefined) throw notFound();
  const comparison = repository.graph.compare(base, head);
  if (comparison === undefined)
    throw refuse(404, `No common ancestor between ${basehead.replace('...', ' and ')}.`);
  const page = `${webUrl(repository)}/compare/${encodeURIComponent(basehead)}`;
  return ok({
    url: `${apiUrl(repository)}/compare/${encodeURIComponent(basehead)}`,
    html_url: page,
    permalink_url: `${webUrl(repository)}/compare/${base.sha}...${head.sha}`,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: commitJson(repository, base),
    merge_base_commit: commitJson(repository, comparison.mergeBase),
    status: comparison.status,
    ahead_by: comparison.ahead.length,
    behind_by: comparison.behind.length,
    total_commits: comparison.ahead.length,
    commits: comparison.ahead.slice(0, 250).map((commit) => commitJson(repository, commit)),
    files: changedFiles(repository, comparison.mergeBase, head),
  });
}
