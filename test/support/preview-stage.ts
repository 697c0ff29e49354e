import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach } from 'vitest';
import { commits, demo, github, type Railway, shopTree } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import type { RunOptions } from '../../scripts/stage.ts';
import { ask } from './github-client.ts';
import { type RailwayStage, railwayStage } from './railway-stage.ts';
import { mergeCommit, type PullRequestAction, pull, repo } from './review-stage.ts';

type Inputs = Readonly<Record<string, string>>;
type Release = Parameters<typeof shopTree>[0];

/** The demo's repository with pull request 7 of the branch `topic`, whose newest commit is v1's; Railway beside it. */
export interface PreviewStage {
  readonly shop: RailwayStage;
  /** Runs the step as this event of the pull request starts it. */
  on(action: PullRequestAction, inputs?: Inputs, options?: RunOptions): Promise<ActionResult>;
  /** The folder that is uploaded. */
  checkOut(release: Release): void;
  sweep(inputs?: Inputs): Promise<ActionResult>;
  // biome-ignore lint/suspicious/noExplicitAny: what an API answers
  github(line: `${string} /${string}`, body?: object): Promise<any>;
  push(sha: string): Promise<void>;
  closePull(): Promise<void>;
  /** The names of the environments of the demo's project, without `production`. */
  environments(): readonly string[];
  /** The version that answers at a host: `v1`, or the status of a refusal. */
  served(host: string): Promise<string>;
  /** What the pull request's page shows: the bodies of all comments. */
  page(): Promise<readonly string[]>;
}

/** What the branch `topic` holds at its commits, and where Railway deploys it: project `site`, beside the demo's. */
export function connectSite(
  railway: Railway,
  { at, ...settings }: { readonly at?: Readonly<Record<string, Release>> } & Partial<ProjectSettings> = {},
): void {
  seedTopic(railway, at);
  railway.createProject({
    ...{ name: 'site', workspace: { name: demo.railway.workspace }, prDeploys: true, ...settings },
    services: {
      web: {
        hosts: ['site-production.up.railway.app'],
        trigger: { repository: 'acme/shop' },
        settings: { healthcheckPath: '/healthz', healthcheckTimeout: 10 },
      },
    },
  });
}

/** The commits of the branch as Railway sees them. */
export function seedTopic(railway: Railway, at: Readonly<Record<string, Release>> = {}): void {
  const { v1, v3 } = commits;
  const trees = { [v1]: { version: 'v1' }, [v3]: { version: 'v3' }, ...at };
  railway.seedRepository({
    name: 'acme/shop',
    commits: Object.entries(trees).map(([sha, release]) => ({
      ...{ sha, branch: 'topic', message: 'Redraw', author: 'ada' },
      files: shopTree(release),
    })),
  });
}

type ProjectSettings = Pick<
  Parameters<Railway['createProject']>[0],
  'prDeploys' | 'botPrEnvironments' | 'focusedPrEnvironments'
>;

/** Pull request 7 as Railway is told of it. */
export const railwayPull = {
  ...{ number: pull, repo: 'acme/shop', title: 'Redraw', branch: 'topic', baseBranch: 'main' },
} as const;

/** `preview: true` of the project `site`, or `create` in the demo's, with a token of their workspace. */
export function previewStage(preview: 'true' | 'create'): PreviewStage {
  const shop = railwayStage();
  const service = () => shop.stage.cloud.service(github);
  const ofPull = { headBranch: 'topic', baseBranch: 'main' };
  beforeAll(() =>
    service().seedIssue('acme/shop', { number: pull, title: 'Redraw', author: 'ada', pull: ofPull }),
  );
  beforeEach(async () => {
    await stage.github(`POST ${repo}/git/refs`, { ref: 'refs/heads/topic', sha: commits.v1 });
    const { switches } = shop.railway;
    switches.pace = { ...switches.pace, removalMs: 200 };
    stage.checkOut({ version: 'v2' });
  });
  const named: Inputs = {
    'railway-token': demo.railway.workspaceToken,
    'railway-project': demo.railway.project,
    'railway-service': demo.railway.service,
  };
  const common = { ...named, timeout: '40s', 'restore-timeout': '30s', stabilize: '1s' };
  const stage: PreviewStage = {
    shop,
    on: async (action, inputs = {}, options = {}) => {
      const pullRequest = await stage.github(`GET ${repo}/pulls/${pull}`);
      const event = { action, number: pull, pull_request: pullRequest, repository: pullRequest.base.repo };
      const own = preview === 'create' ? { directory: 'shop' } : { 'railway-project': 'site' };
      return shop.stage.run(
        'railway-up',
        { preview, ...common, ...own, ...inputs },
        {
          sha: await mergeCommit(stage),
          ...options,
          github: { event_name: 'pull_request', event, ...options.github },
        },
      );
    },
    checkOut: (release) => {
      const folder = join(shop.stage.workspace, 'shop');
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      for (const [path, text] of Object.entries(shopTree(release))) writeFileSync(join(folder, path), text);
    },
    sweep: (inputs = {}) =>
      shop.stage.run(
        'railway-up',
        { preview: 'sweep', ...named, ...inputs },
        { github: { event_name: 'schedule' } },
      ),
    github: async (line, body) => {
      const asked = { token: demo.github.token, ...(body === undefined ? {} : { body }) };
      return (await ask(service(), line, asked)).body;
    },
    push: async (sha) => {
      await stage.github(`PATCH ${repo}/git/refs/heads/topic`, { sha, force: true });
    },
    closePull: async () => {
      await stage.github(`PATCH ${repo}/pulls/${pull}`, { state: 'closed' });
    },
    environments: () =>
      shop.railway.world
        .environments()
        .map(({ name }) => name)
        .filter((name) => name !== demo.railway.environment),
    served: async (host) => {
      const { status, body } = await shop.stage.cloud.serves(host, '/version.json');
      return status === 200 ? JSON.parse(String(body)).version : String(status);
    },
    page: async () => {
      const comments: readonly { readonly body: string }[] = await stage.github(
        `GET ${repo}/issues/${pull}/comments`,
      );
      return comments.map(({ body }) => body);
    },
  };
  return stage;
}
