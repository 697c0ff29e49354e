import { type Cloud, demo, github } from '#local-cloud';
import { githubRequest } from './github-client.ts';

/** One deployment of the demo's repository, as anyone may read it from GitHub. */
export interface Recorded {
  readonly id: string;
  readonly task: string;
  readonly environment: string;
  readonly sha: string;
  readonly payload: unknown;
  /** `in_progress: belay/1 shipped …`, oldest first. */
  readonly statuses: readonly string[];
}

/** What GitHub holds, oldest first, once all of it is seen. */
export async function recordedDeploys(cloud: Cloud): Promise<readonly Recorded[]> {
  cloud.service(github).reveal();
  const deployments = await read(cloud, '/deployments?per_page=100');
  return Promise.all(
    deployments.reverse().map(async ({ id, task, environment, sha, payload }) => ({
      id: String(id),
      task,
      environment,
      sha,
      payload,
      statuses: (await read(cloud, `/deployments/${id}/statuses`))
        .reverse()
        .map(({ state, description }) => `${state}: ${description}`),
    })),
  );
}

interface Row {
  readonly id: number;
  readonly task: string;
  readonly environment: string;
  readonly sha: string;
  readonly payload: unknown;
  readonly state: string;
  readonly description: string;
}

async function read(cloud: Cloud, path: string): Promise<Row[]> {
  const { owner, repository, token } = demo.github;
  const answer = await cloud
    .service(github)
    .handle(githubRequest('GET', `/repos/${owner}/${repository}${path}`, { token }));
  return JSON.parse(JSON.stringify(answer?.body ?? '[]'));
}
