import type { ServiceAnswer } from '../../service.ts';
import { ok } from '../answers.ts';
import type { Limits, Resource } from '../limits.ts';
import { apiRoot } from '../render/links.ts';

/** What needs no repository and no token. `GET /` is where a runner finds out whether its own network works. */
export const openRoutes = [
  { name: 'root.get', method: 'GET', path: '/' },
  { name: 'rate-limit.get', method: 'GET', path: '/rate_limit' },
] as const;
export type OpenRoute = (typeof openRoutes)[number];

export function answerOpen(route: OpenRoute, limits: Limits, caller: string | undefined): ServiceAnswer {
  return route.name === 'root.get' ? ok(root) : ok(rateLimits(limits, caller));
}

function rateLimits(limits: Limits, caller: string | undefined): object {
  const left = (resource: Resource) => {
    const { limit, used, resetAt } = limits.window(caller, resource);
    return { limit, used, remaining: limit - used, reset: Math.ceil(resetAt / 1000) };
  };
  const core = left('core');
  return { resources: { core, graphql: left('graphql'), search: core }, rate: core };
}

const paths = {
  current_user: 'user',
  authorizations: 'authorizations',
  code_search: 'search/code?q={query}{&page,per_page,sort,order}',
  commit_search: 'search/commits?q={query}{&page,per_page,sort,order}',
  emails: 'user/emails',
  emojis: 'emojis',
  events: 'events',
  feeds: 'feeds',
  followers: 'user/followers',
  following: 'user/following{/target}',
  gists: 'gists{/gist_id}',
  issue_search: 'search/issues?q={query}{&page,per_page,sort,order}',
  issues: 'issues',
  keys: 'user/keys',
  label_search: 'search/labels?q={query}&repository_id={repository_id}{&page,per_page}',
  notifications: 'notifications',
  organization: 'orgs/{org}',
  organization_repositories: 'orgs/{org}/repos{?type,page,per_page,sort}',
  organization_teams: 'orgs/{org}/teams',
  public_gists: 'gists/public',
  rate_limit: 'rate_limit',
  repository: 'repos/{owner}/{repo}',
  repository_search: 'search/repositories?q={query}{&page,per_page,sort,order}',
  current_user_repositories: 'user/repos{?type,page,per_page,sort}',
  starred: 'user/starred{/owner}{/repo}',
  starred_gists: 'gists/starred',
  user: 'users/{user}',
  user_organizations: 'user/orgs',
  user_repositories: 'users/{user}/repos{?type,page,per_page,sort}',
  user_search: 'search/users?q={query}{&page,per_page,sort,order}',
};

const root = {
  ...Object.fromEntries(Object.entries(paths).map(([name, path]) => [`${name}_url`, `${apiRoot}/${path}`])),
  current_user_authorizations_html_url: 'https://github.com/settings/connections/applications{/client_id}',
};
