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
  /** Runs the step as this event of the pull request starts it; its image is v1 unless `inputs` say otherwise. */
  on(action: PullRequestAction, inputs?: Inputs, options?: RunOptions): Promise<ActionResult>;
  /** The payload GitHub sends, of the pull request as it stands. */
  event(action: PullRequestAction): Promise<PullRequestPayload>;
  /** The step with whatever the runner says of the event. */
  run(inputs: Inputs, options: RunOptions): Promise<ActionResult>;
  sweep(inputs?: Inputs, options?: RunOptions): Promise<ActionResult>;
  /** A request to GitHub by the owner of everything, or of another token; the answer's body. */
  // biome-ignore lint/suspicious/noExplicitAny: what an API answers
  github(line: `${string} /${string}`, body?: object, token?: string): Promise<any>;
  /** Moves the pull request's branch on. */
  push(sha: string): Promise<void>;
  /** The apps there are on Fly, beside the demo's own. */
  apps(): readonly string[];
  /** Makes an app look as if it, and every release of it, had been made that long ago: no run is at it any more. */
  age(name: string, by: `${number}h`): void;
  machines(app: string): number;
  /** What the app of the pull request answers: its version, or the status of a refusal. */
  served(): Promise<string>;
  comments(): Promise<readonly { readonly id: number; readonly body: string }[]>;
}

export interface PullRequestPayload {
  // biome-ignore lint/suspicious/noExplicitAny: what an API answers
  readonly pull_request: any;
}

export type PullRequestAction = 'opened' | 'synchronize' | 'closed' | 'reopened';

/** The shop's repository with pull request 7 of the branch `topic`, whose newest commit is v1's. */
export function reviewStage(flyctl: 'any' | 'stand-in' = 'stand-in'): ReviewStage {
  const shop = shopStage(flyctl);
  const service = () => shop.stage.cloud.service(github);
  const ofPull = { headBranch: 'topic', baseBranch: 'main' };
  beforeAll(() =>
    service().seedIssue('acme/shop', { number: pull, title: 'Redraw', author: 'ada', pull: ofPull }),
  );
  beforeEach(async () => {
    await stage.github(`POST ${repo}/git/refs`, { ref: 'refs/heads/topic', sha: commits.v1 });
  });
  const run = (inputs: Inputs, options: RunOptions) =>
    shop.stage.run('fly-deploy', { ...common, ...inputs }, options);
  const stage: ReviewStage = {
    shop,
    on: async (action, inputs = {}, options = {}) => {
      const event = await stage.event(action);
      return run(
        { 'review-app': 'true', image: images.v1, ...inputs },
        {
          sha: await mergeCommit(stage),
          ...options,
          github: { event_name: 'pull_request', event, ...options.github },
        },
      );
    },
    run: (inputs, options) => run({ 'review-app': 'true', image: images.v1, ...inputs }, options),
    event: async (action) => {
      const pullRequest = await stage.github(`GET ${repo}/pulls/${pull}`);
      return { action, number: pull, pull_request: pullRequest, repository: pullRequest.base.repo };
    },
    sweep: (inputs = {}, options = {}) =>
      run({ 'review-app': 'sweep', ...inputs }, { github: { event_name: 'schedule' }, ...options }),
    github: async (line, body, token = demo.github.token) => {
      const asked = { token, ...(body === undefined ? {} : { body }) };
      return (await ask(service(), line, asked)).body;
    },
    push: async (sha) => {
      await stage.github(`PATCH ${repo}/git/refs/heads/topic`, { sha, force: true });
    },
    apps: () => [...shop.stage.cloud.service(fly).world.apps.keys()].filter((name) => name !== demo.fly.app),
    age: (name, by) => {
      const app = shop.stage.cloud.service(fly).world.apps.get(name);
      if (app === undefined) throw new Error(`no app ${name}`);
      const at = Date.now() - Number.parseInt(by, 10) * 3_600_000;
      for (const made of [app, ...app.releases]) {
        Object.assign(made, { createdAt: new Date(at).toISOString() });
      }
    },
    machines: (name) => shop.stage.cloud.service(fly).world.apps.get(name)?.machines.size ?? 0,
    served: async () => {
      const { status, body } = await shop.stage.cloud.serves(reviewHost, '/version.json');
      return status === 200 ? JSON.parse(String(body)).version : String(status);
    },
    comments: () => stage.github(`GET ${repo}/issues/${pull}/comments`),
  };
  return stage;
}

/** What such a run is about: not the branch's own commit, but a merge of it that GitHub makes for the run. */
export async function mergeCommit(stage: Pick<ReviewStage, 'github'>): Promise<string> {
  const main = await stage.github(`GET ${repo}/git/ref/heads/main`);
  const topic = await stage.github(`GET ${repo}/git/ref/heads/topic`);
  const parents = [main.object.sha, topic.object.sha];
  const { tree } = await stage.github(`GET ${repo}/git/commits/${main.object.sha}`);
  return (await stage.github(`POST ${repo}/git/commits`, { message: 'Merge topic', tree: tree.sha, parents }))
    .sha;
}

const common = {
  'fly-token': demo.fly.token,
  'fly-org': demo.fly.organization,
  'wait-timeout': '3s',
  timeout: '20s',
  'restore-timeout': '20s',
};
