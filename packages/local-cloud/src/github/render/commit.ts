import { nodeId, timestamp } from '../answers.ts';
import type { Commit, Signature } from '../commit.ts';
import type { Repository } from '../model.ts';
import { apiUrl, webUrl } from './links.ts';

const unsigned = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

/** A commit of the commits API. `author` and `committer` are null: no account owns the seeded addresses. */
export function commitJson(repository: Repository, commit: Commit): object {
  const url = `${apiUrl(repository)}/commits/${commit.sha}`;
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    url,
    html_url: `${webUrl(repository)}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    commit: {
      url: `${apiUrl(repository)}/git/commits/${commit.sha}`,
      author: signatureJson(commit.author),
      committer: signatureJson(commit.author),
      message: commit.message,
      comment_count: 0,
      tree: treeLink(repository, commit),
      verification: unsigned,
    },
    author: null,
    committer: null,
    parents: parentLinks(repository, commit, 'commits'),
  };
}

/** The same commit as the Git database API shows it. */
export function gitCommitJson(repository: Repository, commit: Commit): object {
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    url: `${apiUrl(repository)}/git/commits/${commit.sha}`,
    html_url: `${webUrl(repository)}/commit/${commit.sha}`,
    author: signatureJson(commit.author),
    committer: signatureJson(commit.author),
    message: commit.message,
    tree: treeLink(repository, commit),
    parents: parentLinks(repository, commit, 'git/commits'),
    verification: unsigned,
  };
}

function signatureJson(signature: Signature): object {
  return { name: signature.name, email: signature.email, date: timestamp(signature.date) };
}

function treeLink(repository: Repository, commit: Commit): object {
  return { sha: commit.tree, url: `${apiUrl(repository)}/git/trees/${commit.tree}` };
}

function parentLinks(repository: Repository, commit: Commit, path: string): object[] {
  return commit.parents.map((sha) => ({
    sha,
    url: `${apiUrl(repository)}/${path}/${sha}`,
    html_url: `${webUrl(repository)}/commit/${sha}`,
  }));
}
