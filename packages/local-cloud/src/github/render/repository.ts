import { nodeId, timestamp } from '../answers.ts';
import type { Repository } from '../model.ts';
import { apiUrl, webUrl } from './links.ts';
import { userJson } from './user.ts';

/** Where each `…_url` of a repository leads, below its own address. */
const subresources = {
  archive: '{archive_format}{/ref}',
  assignees: 'assignees{/user}',
  blobs: 'git/blobs{/sha}',
  branches: 'branches{/branch}',
  collaborators: 'collaborators{/collaborator}',
  comments: 'comments{/number}',
  commits: 'commits{/sha}',
  compare: 'compare/{base}...{head}',
  contents: 'contents/{+path}',
  contributors: 'contributors',
  deployments: 'deployments',
  downloads: 'downloads',
  events: 'events',
  forks: 'forks',
  git_commits: 'git/commits{/sha}',
  git_refs: 'git/refs{/sha}',
  git_tags: 'git/tags{/sha}',
  hooks: 'hooks',
  issue_comment: 'issues/comments{/number}',
  issue_events: 'issues/events{/number}',
  issues: 'issues{/number}',
  keys: 'keys{/key_id}',
  labels: 'labels{/name}',
  languages: 'languages',
  merges: 'merges',
  milestones: 'milestones{/number}',
  notifications: 'notifications{?since,all,participating}',
  pulls: 'pulls{/number}',
  releases: 'releases{/id}',
  stargazers: 'stargazers',
  statuses: 'statuses/{sha}',
  subscribers: 'subscribers',
  subscription: 'subscription',
  tags: 'tags',
  teams: 'teams',
  trees: 'git/trees{/sha}',
} as const;

/** A repository as other answers carry it: pull requests and workflow runs. */
export function repositoryJson(repository: Repository): object {
  const url = apiUrl(repository);
  const web = webUrl(repository);
  const links = Object.entries(subresources).map(([name, path]) => [`${name}_url`, `${url}/${path}`]);
  return {
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: `${repository.owner}/${repository.name}`,
    owner: userJson(repository.owner, 'Organization'),
    private: repository.private,
    visibility: repository.private ? 'private' : 'public',
    description: null,
    fork: false,
    url,
    html_url: web,
    ...Object.fromEntries(links),
    git_url: `git://github.com/${repository.owner}/${repository.name}.git`,
    ssh_url: `git@github.com:${repository.owner}/${repository.name}.git`,
    clone_url: `${web}.git`,
    svn_url: web,
    mirror_url: null,
    homepage: null,
    language: null,
    default_branch: repository.defaultBranch,
    ...counters,
    ...features,
    pushed_at: timestamp(repository.createdAt),
    created_at: timestamp(repository.createdAt),
    updated_at: timestamp(repository.createdAt),
  };
}

export function fullRepositoryJson(repository: Repository): object {
  return { ...repositoryJson(repository), subscribers_count: 0, network_count: 0 };
}

const counters = {
  forks: 0,
  forks_count: 0,
  open_issues: 0,
  open_issues_count: 0,
  size: 0,
  stargazers_count: 0,
  watchers: 0,
  watchers_count: 0,
};

const features = {
  archived: false,
  disabled: false,
  has_discussions: false,
  has_downloads: true,
  has_issues: true,
  has_pages: false,
  has_projects: false,
  has_wiki: false,
  license: null,
};
