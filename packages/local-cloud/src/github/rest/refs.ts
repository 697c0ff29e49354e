import type { ServiceAnswer } from '../../service.ts';
import { created, noContent, nodeId, notFound, ok, refuse } from '../answers.ts';
import type { Repository } from '../model.ts';
import { apiUrl } from '../render/links.ts';
import { type Call, Fields, type Route, reads, writes } from '../route.ts';

const path = '/repos/{owner}/{repo}/git';

/** The atomic primitive under locks: creating a ref that exists is refused, and an update only moves forward. */
export const refRoutes: readonly Route[] = [
  { name: 'refs.get', method: 'GET', path: `${path}/ref/{ref}`, need: reads('contents'), answer: get },
  {
    name: 'refs.matching',
    method: 'GET',
    path: `${path}/matching-refs/{ref}`,
    need: reads('contents'),
    answer: matching,
  },
  { name: 'refs.create', method: 'POST', path: `${path}/refs`, need: writes('contents'), answer: create },
  {
    name: 'refs.update',
    method: 'PATCH',
    path: `${path}/refs/{ref}`,
    need: writes('contents'),
    answer: update,
  },
  {
    name: 'refs.delete',
    method: 'DELETE',
    path: `${path}/refs/{ref}`,
    need: writes('contents'),
    answer: remove,
  },
];

function get(call: Call): ServiceAnswer {
  const ref = `refs/${call.params.ref}`;
  const sha = call.repository.refs.get(ref);
  if (sha === undefined) throw notFound();
  return ok(refJson(call.repository, ref, sha));
}

function matching(call: Call): ServiceAnswer {
  const prefix = `refs/${call.params.ref}`;
  const found = [...call.repository.refs].filter(([ref]) => ref.startsWith(prefix));
  return ok(found.sort().map(([ref, sha]) => refJson(call.repository, ref, sha)));
}

function create(call: Call): ServiceAnswer {
  const fields = new Fields('Reference', call.body);
  const ref = fields.requiredText('ref');
  const sha = existingCommit(call, fields.requiredText('sha'));
  if (!/^refs\/[^/]+\/.+/.test(ref)) {
    throw refuse(422, "Reference name must start with 'refs/' and have at least two slashes.");
  }
  if (call.repository.refs.has(ref)) throw refuse(422, 'Reference already exists');
  call.repository.refs.set(ref, sha);
  return created(refJson(call.repository, ref, sha));
}

function update(call: Call): ServiceAnswer {
  const { refs, graph } = call.repository;
  const fields = new Fields('Reference', call.body);
  const ref = `refs/${call.params.ref}`;
  const current = refs.get(ref);
  if (current === undefined) throw refuse(422, 'Reference does not exist');
  const sha = existingCommit(call, fields.requiredText('sha'));
  const movesForward = graph.history(sha).has(current);
  if (!movesForward && fields.flag('force') !== true) throw refuse(422, 'Update is not a fast forward');
  refs.set(ref, sha);
  return ok(refJson(call.repository, ref, sha));
}

function remove(call: Call): ServiceAnswer {
  if (!call.repository.refs.delete(`refs/${call.params.ref}`)) throw refuse(422, 'Reference does not exist');
  return noContent;
}

function existingCommit(call: Call, sha: string): string {
  if (call.repository.graph.get(sha) === undefined) throw refuse(422, 'Object does not exist');
  return sha;
}

function refJson(repository: Repository, ref: string, sha: string): object {
  const url = apiUrl(repository);
  return {
    ref,
    node_id: nodeId('Ref', ref),
    url: `${url}/git/${ref}`,
    object: { type: 'commit', sha, url: `${url}/git/commits/${sha}` },
  };
}
