import { nodeId, timestamp } from '../answers.ts';
import type { Repository, WorkflowRun } from '../model.ts';
import { apiUrl, webUrl } from './links.ts';
import { repositoryJson } from './repository.ts';
import { userJson } from './user.ts';

export function runJson(repository: Repository, run: WorkflowRun): object {
  const url = `${apiUrl(repository)}/actions/runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId('WorkflowRun', run.id),
    name: run.name,
    display_title: run.name,
    path: '.github/workflows/deploy.yml',
    workflow_id: 1,
    run_number: 1,
    run_attempt: run.attempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    head_commit: headCommit(repository, run),
    pull_requests: [],
    actor: userJson(run.actor),
    triggering_actor: userJson(run.actor),
    created_at: timestamp(run.createdAt),
    updated_at: timestamp(run.cancelledAt ?? run.createdAt),
    run_started_at: timestamp(run.createdAt),
    url,
    html_url: `${webUrl(repository)}/actions/runs/${run.id}`,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${apiUrl(repository)}/check-suites/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    workflow_url: `${apiUrl(repository)}/actions/workflows/1`,
    repository: repositoryJson(repository),
    head_repository: repositoryJson(repository),
  };
}

function headCommit(repository: Repository, run: WorkflowRun): object | null {
  const commit = repository.graph.get(run.headSha);
  if (commit === undefined) return null;
  const { name, email, date } = commit.author;
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: timestamp(date),
    author: { name, email },
    committer: { name, email },
  };
}
