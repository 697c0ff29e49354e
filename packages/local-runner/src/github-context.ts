import { type GitHubFacts, githubFactNames } from './job-spec.ts';

export type GitHubContext = Readonly<Record<string, unknown>>;

const plausible = {
  repository: 'acme/shop',
  repository_id: '1001',
  repository_owner_id: '1000',
  sha: '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c',
  ref: 'refs/heads/main',
  ref_protected: 'false',
  base_ref: '',
  head_ref: '',
  event_name: 'push',
  run_id: '1',
  run_number: '1',
  run_attempt: '1',
  actor: 'octocat',
  actor_id: '1',
  workflow: 'local',
  job: 'local',
  retention_days: '90',
  server_url: 'https://github.com',
  api_url: 'https://api.github.com',
  graphql_url: 'https://api.github.com/graphql',
  token: '',
} as const;

/** The whole `github` context: what the caller knows, what follows from it, and plausible values for the rest. */
export function githubContext(
  facts: GitHubFacts,
  place: { workspace: string; eventPath: string },
): GitHubContext {
  const known = { ...plausible, ...facts };
  return {
    ref_name: known.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_type: known.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    repository_owner: known.repository.split('/')[0],
    triggering_actor: known.actor,
    workflow_ref: `${known.repository}/.github/workflows/local.yml@${known.ref}`,
    workflow_sha: known.sha,
    event: eventPayload(facts),
    ...known,
    workspace: place.workspace,
    event_path: place.eventPath,
  };
}

/** The event's payload: what the caller says, else what GitHub tells with every event. A run never starts with an empty one. */
export function eventPayload(facts: GitHubFacts): object {
  if (facts.event !== undefined) return facts.event;
  const { repository, ref, actor } = { ...plausible, ...facts };
  const [login = '', name = ''] = repository.split('/');
  return { ref, repository: { name, full_name: repository, owner: { login } }, sender: { login: actor } };
}

/** The part that reaches a process. The token is not in it: an action gets one by an input or `env`. */
export function githubVariables(context: GitHubContext): Record<string, string> {
  const names = [...githubFactNames, 'workspace', 'event_path'];
  return Object.fromEntries(
    names.map((name) => [`GITHUB_${name.toUpperCase()}`, String(context[name] ?? '')]),
  );
}
