import { afterAll, beforeAll, beforeEach } from 'vitest';
import { commits, demo, fly, github, images, shopTree } from '#local-cloud';
import { type GitHubFacts, type PlayedJob, playWorkflow, type Step, type Values } from '#local-runner';
import { type ReviewStage, reviewStage } from '../../support/review-stage.ts';
import { type PageWorkflow, secretNames } from './page-workflows.ts';
import { type StandIns, standIns } from './stand-ins.ts';

/** What a workflow of a page is played on: a fresh local cloud, and the repository that it is copied into. */
export interface Ground {
  readonly review: ReviewStage;
  /** Makes ready what the workflow takes for granted: its apps, its organization, its files at every commit. */
  prepare(page: PageWorkflow): void;
  /** What the repository holds at one more commit. */
  lay(page: PageWorkflow, sha: string, image: string): void;
  /** Starts the workflow by an event, each job with a token that may do what its `permissions` say, and no more. */
  start(page: PageWorkflow, event: PlayedEvent): Promise<readonly PlayedJob[]>;
  /** What an app answers: its version, or the status of a refusal. */
  served(app: string): Promise<string>;
}

export interface PlayedEvent {
  readonly sha: string;
  readonly github: GitHubFacts;
  readonly inputs?: Values;
  /** The run of a fork: GitHub hands it no secret. */
  readonly stranger?: boolean;
}

/** What the image of each commit is built from; the newest commit of the branch was tested by nobody, and is broken. */
export const builds = { [commits.v1]: images.v1, [commits.v2]: images.v2Error, [commits.v3]: images.v3 };
export const newest = 'd'.repeat(40);

export function ground(): Ground {
  const review = reviewStage();
  let opened: StandIns | undefined;
  const hands = () => {
    if (opened === undefined) throw new Error('the repository is laid before the first play');
    return opened;
  };
  beforeAll(() => {
    opened = standIns();
  });
  afterAll(() => opened?.close());
  beforeEach(() => {
    const after = { sha: newest, parents: [commits.v3], message: 'Go on', author: 'Ada Lovelace' };
    cloud().service(github).seedCommits('acme/shop', [after]);
  });
  const { shop } = review;
  const cloud = () => shop.stage.cloud;
  return {
    review,
    prepare: (page) => {
      const { world } = cloud().service(fly);
      for (const name of appsOf(page)) {
        if (!world.apps.has(name)) cloud().service(fly).createApp({ name, image: images.v1, machines: 1 });
      }
      const organization = page.steps.map(({ given }) => given['fly-org']).find((one) => one !== undefined);
      Object.assign(world.organization, organization === undefined ? {} : { slug: organization });
      world.addToken({ value: demo.fly.token, kind: 'org', email: 'demo@example.com' });
      for (const [sha, image] of Object.entries({ ...builds, [newest]: images.v2Crash })) {
        hands().commit(sha, filesOf(page, image));
      }
    },
    lay: (page, sha, image) => hands().commit(sha, filesOf(page, image)),
    start: (page, { sha, github: facts, inputs = {}, stranger = false }) =>
      playWorkflow(
        page.workflow,
        { github: { repository: 'acme/shop', ref: 'refs/heads/main', sha, ...facts }, inputs },
        ({ id: _, steps, permissions, ...job }) =>
          shop.stage.runJob(steps.map(heard), {
            ...job,
            sha,
            workspace: hands().workspace(),
            actions: hands().actions,
            secrets: stranger ? {} : secretsOf(page),
            github: { ...job.github, token: tokenWith(permissions) },
          }),
      ),
    served: async (app) => {
      const { status, body } = await cloud().serves(`${app}.fly.dev`, '/version.json');
      return status === 200 ? JSON.parse(String(body)).version : String(status);
    },
  };

  /** What GitHub hands to a job: whatever is not named is none. */
  function tokenWith(permissions: unknown): string {
    if (typeof permissions !== 'object' || permissions === null) return demo.github.token;
    return cloud().service(github).token({ permissions });
  }
}

/** A runner throws away the outputs of a step without an id, and the play wants to hear them. */
function heard(step: Step, index: number): Step {
  return { id: `step-${index + 1}`, ...step };
}

/** The apps that its steps name, each once. */
export function appsOf({ steps }: PageWorkflow): readonly string[] {
  return [...new Set(steps.flatMap(({ given }) => given['fly-app'] ?? []))];
}

function secretsOf(page: PageWorkflow): Readonly<Record<string, string>> {
  return Object.fromEntries(
    secretNames(page).map((name) => [
      name,
      tokens.find(([pattern]) => pattern.test(name))?.[1] ?? `the secret ${name} of the shop`,
    ]),
  );
}

const tokens = [
  [/FLY/, demo.fly.token],
  [/RAILWAY_API/, demo.railway.workspaceToken],
  [/RAILWAY/, demo.railway.token],
] as const;

/** The shop's source: what it is built from, a configuration for each step that names one, and check files. */
function filesOf({ steps }: PageWorkflow, image: string): Readonly<Record<string, string>> {
  const checks = {
    'smoke/home.yml': 'version: 1\nchecks:\n  - { name: the shop, http: GET /, expect: { status: 200 } }\n',
  };
  // What is uploaded is built from its own files.
  if (steps.some(({ action }) => action === 'railway-up')) {
    const [, version = ''] = image.split(':');
    const settings = image === images.v2Error ? { SHOP_ROOT_STATUS: '500' } : {};
    return { ...checks, ...shopTree({ version, settings }) };
  }
  const configs = steps.map(({ given }) => [given.config ?? 'fly.toml', given['fly-app'] ?? demo.fly.app]);
  return {
    Dockerfile: `FROM ${image}\n`,
    ...checks,
    ...Object.fromEntries(configs.map(([file = '', app = '']) => [file, flyToml(app)])),
  };
}

const flyToml = (app: string) => `app = "${app}"
primary_region = "iad"
[http_service]
  internal_port = 8080
`;
