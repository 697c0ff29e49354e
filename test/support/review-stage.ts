import { beforeAll, beforeEach } from 'vitest';
import { commits, demo, fly, github, images } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import type { RunOptions } from '../../scripts/stage.ts';
import { ask } from './github-client.ts';
import { type ShopStage, shopStage } from './shop-stage.ts';

type Inputs = Readonly<Record<string, string>>;

export const repo = '/repos/acme/shop';
export const pull = 7;
export const reviewHost = 'pr-7-shop.fly.dev';

export interface ReviewStage {
  readonly shop: ShopStage;
  /** The step of a workflow `on: pull_request`, as this event starts it; its image is v1 unless `inputs` say otherwise. */
  on(action: PullRequestAction, inputs?: Inputs, options?: RunOptions): Promise<ActionResult>;
  sweep(inputs?: Inputs, options?: RunOptions): Promise<ActionResult>;
  /** A request to GitHub by the owner of everything; the answer's body. */
  // biome-ignore lint/suspicious/noExplicitAny: what an API answers
  github(line: `${string} /${string}`, body?: object): Promise<any>;
  /** Moves the pull request's branch on. */
  push(sha: string): Promise<void>;
  /** The apps there are on Fly, beside the demo's own. */
  apps(): readonly string[];
  /** What the app of the pull request answers: its version, or the status of a refusal. */
  served(): Promise<string>;
  comments(): Promise<readonly { readonly id: number; readonly body: string }[]>;
}

export type PullRequestAction = 'opened' | 'synchronize' | 'closed' | 'reopened';

/** The shop's repository with pull request 7 of the branch `topic`, whose newest commit is v1's. */
export function reviewStage(): ReviewStage {
  const shop = shopStage();
  const service = () => shop.stage.cloud.service(github);
  const ofPull = { headBranch: 'topic', baseBranch: 'main' };
  beforeAll(() =>
    service().seedIssue('acme/shop', { number: pull, title: 'Redraw', author: 'ada', pull: ofPull }),
  );
  beforeEach(async () => {
    await stage.github(`POST ${repo}/git/refs`, { ref: 'refs/heads/topic', sha: commits.v1 });
  });
  const run = (inputs: Inputs, options: RunOptions) =>
    shop.stage.run('fly-deploy', { ...common, ...inputs }, { sha: commits.v1, ...options });
  const stage: ReviewStage = {
    shop,
    on: async (action, inputs = {}, options = {}) => {
      const event = await pullRequestEvent(stage, action);
      return run(
        { 'review-app': 'true', image: images.v1, ...inputs },
        { ...options, github: { event_name: 'pull_request', event, ...options.github } },
      );
    },
    sweep: (inputs = {}, options = {}) =>
      run({ 'review-app': 'sweep', ...inputs }, { github: { event_name: 'schedule' }, ...options }),
    github: async (line, body) => {
      const asked = { token: demo.github.token, ...(body === undefined ? {} : { body }) };
      return (await ask(service(), line, asked)).body;
    },
    push: async (sha) => {
      await stage.github(`PATCH ${repo}/git/refs/heads/topic`, { sha, force: true });
    },
    apps: () => [...shop.stage.cloud.service(fly).world.apps.keys()].filter((name) => name !== demo.fly.app),
    served: async () => {
      const { status, body } = await shop.stage.cloud.serves(reviewHost, '/version.json');
      return status === 200 ? JSON.parse(String(body)).version : String(status);
    },
    comments: () => stage.github(`GET ${repo}/issues/${pull}/comments`),
  };
  return stage;
}

/** As GitHub sends it, of the pull request as it stands. */
async function pullRequestEvent(stage: ReviewStage, action: PullRequestAction): Promise<object> {
  const pullRequest = await stage.github(`GET ${repo}/pulls/${pull}`);
  return { action, number: pull, pull_request: pullRequest, repository: pullRequest.base.repo };
}

const common = {
  'fly-token': demo.fly.token,
  'fly-org': demo.fly.organization,
  'wait-timeout': '3s',
  timeout: '20s',
  'restore-timeout': '20s',
};
