import type { ServiceAnswer } from '../../service.ts';
import { created, nodeId, notFound, ok, refuse } from '../answers.ts';
import type { Commit, Signature, TreeEntry } from '../commit.ts';
import { blobSha, commitSha, treeSha } from '../git-hash.ts';
import type { Repository } from '../model.ts';
import { gitCommitJson } from '../render/commit.ts';
import { apiUrl } from '../render/links.ts';
import { type Call, Fields, type Route, reads, writes } from '../route.ts';

const path = '/repos/{owner}/{repo}/git';
const read = reads('contents');
const write = writes('contents');

/** As much of the Git database as a commit with one file needs. Trees are flat: a nested path is not emulated. */
export const gitObjectRoutes: readonly Route[] = [
  { name: 'blobs.create', method: 'POST', path: `${path}/blobs`, need: write, answer: createBlob },
  { name: 'blobs.get', method: 'GET', path: `${path}/blobs/{file_sha}`, need: read, answer: getBlob },
  { name: 'trees.create', method: 'POST', path: `${path}/trees`, need: write, answer: createTree },
  { name: 'trees.get', method: 'GET', path: `${path}/trees/{tree_sha}`, need: read, answer: getTree },
  { name: 'git-commits.create', method: 'POST', path: `${path}/commits`, need: write, answer: createCommit },
  {
    name: 'git-commits.get',
    method: 'GET',
    path: `${path}/commits/{commit_sha}`,
    need: read,
    answer: getCommit,
  },
];

function createBlob(call: Call): ServiceAnswer {
  const fields = new Fields('Blob', call.body);
  const encoding = fields.text('encoding') === 'base64' ? 'base64' : 'utf8';
  const sha = keepBlob(call.repository, Buffer.from(fields.text('content') ?? '', encoding));
  return created({ sha, url: `${apiUrl(call.repository)}/git/blobs/${sha}` });
}

function keepBlob(repository: Repository, content: Buffer): string {
  const sha = blobSha(content);
  repository.blobs.set(sha, content);
  return sha;
}

function getBlob(call: Call): ServiceAnswer {
  const sha = call.params.file_sha ?? '';
  const content = call.repository.blobs.get(sha);
  if (content === undefined) throw notFound();
  return ok({
    sha,
    node_id: nodeId('Blob', sha),
    url: `${apiUrl(call.repository)}/git/blobs/${sha}`,
    size: content.length,
    content: content.toString('base64'),
    encoding: 'base64',
  });
}

function createTree(call: Call): ServiceAnswer | undefined {
  const { repository } = call;
  const fields = new Fields('Tree', call.body);
  const rows = fields.raw('tree');
  if (!Array.isArray(rows)) throw fields.invalid('tree');
  const added = rows.map((row) => treeEntry(repository, new Fields('Tree', row)));
  if (added.some((entry) => entry.path.includes('/'))) return undefined;
  const base = repository.trees.get(fields.text('base_tree') ?? '') ?? [];
  const merged = new Map([...base, ...added].map((entry) => [entry.path, entry]));
  const entries = [...merged.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const sha = treeSha(entries);
  repository.trees.set(sha, entries);
  return created(treeJson(repository, sha, entries));
}

function treeEntry(repository: Repository, fields: Fields): TreeEntry {
  const content = fields.text('content');
  const sha = content === undefined ? fields.requiredText('sha') : keepBlob(repository, Buffer.from(content));
  if (!repository.blobs.has(sha)) throw refuse(422, `tree.sha ${sha} is not a valid blob`);
  return { path: fields.requiredText('path'), mode: fields.text('mode') ?? '100644', type: 'blob', sha };
}

function getTree(call: Call): ServiceAnswer {
  const sha = call.params.tree_sha ?? '';
  const entries = call.repository.trees.get(sha);
  if (entries === undefined) throw notFound();
  return ok(treeJson(call.repository, sha, entries));
}

function treeJson(repository: Repository, sha: string, entries: readonly TreeEntry[]): object {
  const url = `${apiUrl(repository)}/git`;
  const tree = entries.map((entry) => ({
    ...entry,
    size: repository.blobs.get(entry.sha)?.length ?? 0,
    url: `${url}/blobs/${entry.sha}`,
  }));
  return { sha, url: `${url}/trees/${sha}`, tree, truncated: false };
}

function createCommit(call: Call): ServiceAnswer {
  const { repository } = call;
  const fields = new Fields('Commit', call.body);
  const message = fields.requiredText('message');
  const tree = fields.requiredText('tree');
  if (!repository.trees.has(tree)) throw refuse(422, 'Tree SHA does not exist');
  const parents = fields.texts('parents') ?? [];
  if (parents.some((parent) => repository.graph.get(parent) === undefined)) {
    throw refuse(422, 'Parent SHA does not exist or is not a commit object');
  }
  const author = authorOf(call);
  const commit: Commit = {
    sha: commitSha({ tree, parents, author, message }),
    parents,
    message,
    author,
    tree,
  };
  repository.graph.add(commit);
  return created(gitCommitJson(repository, commit));
}

function authorOf(call: Call): Signature {
  const login = call.caller.login ?? 'ghost';
  return { name: login, email: `${login}@users.noreply.github.com`, date: call.world.now() };
}

function getCommit(call: Call): ServiceAnswer {
  const commit = call.repository.graph.get(call.params.commit_sha ?? '');
  if (commit === undefined) throw notFound();
  return ok(gitCommitJson(call.repository, commit));
}
