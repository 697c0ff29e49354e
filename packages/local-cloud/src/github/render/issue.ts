import { nodeId, timestamp } from '../answers.ts';
import type { Comment, Issue, PullRequest, Repository } from '../model.ts';
import { commitNamed } from '../revisions.ts';
import { apiUrl, webUrl } from './links.ts';
import { repositoryJson } from './repository.ts';
import { idOf, userJson } from './user.ts';

export function commentJson(repository: Repository, comment: Comment): object {
  const isPull = repository.issues.get(comment.issue)?.pull !== undefined;
  const page = `${webUrl(repository)}/${isPull ? 'pull' : 'issues'}/${comment.issue}`;
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url: `${apiUrl(repository)}/issues/comments/${comment.id}`,
    html_url: `${page}#issuecomment-${comment.id}`,
    issue_url: `${apiUrl(repository)}/issues/${comment.issue}`,
    body: comment.body,
    user: userJson(comment.author),
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.updatedAt),
    author_association: 'NONE',
    performed_via_github_app: null,
  };
}

export function pullJson(repository: Repository, issue: Issue, pull: PullRequest): object {
  return {
    id: issue.number,
    node_id: nodeId('PullRequest', issue.number),
    number: issue.number,
    state: pull.closedAt === undefined ? 'open' : 'closed',
    locked: false,
    title: issue.title,
    user: userJson(issue.author),
    body: null,
    created_at: timestamp(issue.createdAt),
    updated_at: timestamp(issue.createdAt),
    head: pull.fork === undefined ? branchJson(repository, pull.headBranch) : forkJson(repository, pull),
    base: branchJson(repository, pull.baseBranch),
    ...pullLinks(repository, issue.number),
    ...untouched,
    closed_at: pull.closedAt === undefined ? null : timestamp(pull.closedAt),
    comments: [...repository.comments.values()].filter((comment) => comment.issue === issue.number).length,
  };
}

function branchJson(repository: Repository, branch: string): object {
  return {
    label: `${repository.owner}:${branch}`,
    ref: branch,
    sha: commitNamed(repository, branch)?.sha ?? '',
    user: userJson(repository.owner, 'Organization'),
    repo: repositoryJson(repository),
  };
}

/** A branch of somebody else's copy. Of one that was deleted GitHub keeps the commit, and names no repository. */
function forkJson(
  repository: Repository,
  { fork = 'deleted', headBranch, headSha = '' }: PullRequest,
): object {
  const branch = { ref: headBranch, sha: headSha };
  if (fork === 'deleted') {
    return { ...branch, label: `unknown repository:${headBranch}`, user: null, repo: null };
  }
  const [owner = '', name = ''] = fork.split('/');
  const id = idOf(fork);
  const repo = repositoryJson({ ...repository, id, owner, name, private: false });
  const user = userJson(owner);
  return { ...branch, label: `${owner}:${headBranch}`, user, repo: { ...repo, fork: true, owner: user } };
}

function pullLinks(repository: Repository, number: number): object {
  const url = `${apiUrl(repository)}/pulls/${number}`;
  const html = `${webUrl(repository)}/pull/${number}`;
  const issue = `${apiUrl(repository)}/issues/${number}`;
  const links = {
    comments: `${issue}/comments`,
    commits: `${url}/commits`,
    review_comment: `${apiUrl(repository)}/pulls/comments{/number}`,
    review_comments: `${url}/comments`,
    statuses: `${apiUrl(repository)}/statuses`,
  };
  const named = Object.entries({ ...links, html, issue }).map(([name, href]) => [`${name}_url`, href]);
  const hrefs = Object.entries({ ...links, html, issue, self: url }).map(([name, href]) => [name, { href }]);
  return {
    url,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    ...Object.fromEntries(named),
    _links: Object.fromEntries(hrefs),
  };
}

/** Nobody has done anything to the emulated pull request but open and close it. */
const untouched = {
  additions: 0,
  assignee: null,
  author_association: 'NONE',
  auto_merge: null,
  changed_files: 0,
  commits: 1,
  deletions: 0,
  draft: false,
  labels: [],
  maintainer_can_modify: false,
  merge_commit_sha: null,
  mergeable: true,
  mergeable_state: 'clean',
  merged: false,
  merged_at: null,
  merged_by: null,
  milestone: null,
  review_comments: 0,
};
