import { createHash } from 'node:crypto';
import { nodeId } from '../answers.ts';
import { apiRoot, webRoot } from './links.ts';

/** A number that follows from a name. */
export function idOf(name: string): number {
  return createHash('sha1').update(name).digest().readUInt32BE(0);
}

/** Accounts are not seeded: every login exists, with an id that follows from it. */
export function userJson(login: string, type?: 'Organization'): object {
  const id = idOf(login);
  const url = `${apiRoot}/users/${encodeURIComponent(login)}`;
  const isBot = login.endsWith('[bot]');
  return {
    login,
    id,
    node_id: nodeId('User', id),
    avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`,
    gravatar_id: '',
    url,
    html_url: isBot ? `${webRoot}/apps/${login.slice(0, -'[bot]'.length)}` : `${webRoot}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: type ?? (isBot ? 'Bot' : 'User'),
    site_admin: false,
  };
}
