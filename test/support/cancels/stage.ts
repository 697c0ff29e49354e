import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commits, demo, fly, github, images, type JournalEntry } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { openStage, type RunOptions, type Stage } from '../../../scripts/stage.ts';
import { ask } from '../github-client.ts';
import { pastDeploys } from '../past-deploys.ts';
import { shopChecks } from '../shop-stage.ts';
import type { CancelScript } from './script.ts';

type Inputs = Readonly<Record<string, string>>;

/** One lane of the suite: a cloud with the demo's shop, and what is done to it. */
export interface CancelStage {
  readonly stage: Stage;
  /** Everything anew, and what the work stands on. */
  begin(work: CancelScript['work']): Promise<void>;
  run(work: CancelScript['work'], options: RunOptions): Promise<ActionResult>;
  /** The deploy after it, with nothing in its way. */
  next(work: CancelScript['work']): Promise<ActionResult>;
  /** Versions that users are answered with, `nothing` among them. */
  served(work: CancelScript['work']): Promise<string>;
  /** What calls itself so: the version of a release by its label, of what is there now. */
  versionOf(work: CancelScript['work'], label: string): string;
  /** What an action calls its target: `fly:shop`. */
  readonly target: RegExp;
  /** What a release is called. */
  readonly label: RegExp;
  /** What the run has started and that is on its way still, once it has ended; then waits until it has come to rest. */
  underWay(): Promise<readonly string[]>;
  /** What post may never do: the newest request of the journal when it began, and all it has started since main. */
  shippedSince(from: PostStart): readonly string[];
  /** Deploys that a client was called for. */
  deploysBegun(): number;
  close(): Promise<void>;
}

/** Where things stood when post began. */
export interface PostStart {
  /** The newest request of the journal then. */
  readonly seq: number;
  /** Deploys that a client had been called for. */
  readonly deploys: number;
}

const pull = 7;
const [reviewApp, reviewHost] = ['pr-7-shop', 'pr-7-shop.fly.dev'];
const repo = '/repos/acme/shop';
/** A flyctl that was killed leaves leases of 13 s. */
const patient = { 'wait-timeout': '20s', timeout: '60s', 'restore-timeout': '40s' };

export async function openCancelStage(): Promise<CancelStage> {
  const stage = await openStage({ flyctl: 'stand-in' });
  const { cloud } = stage;
  const hub = () => cloud.service(github);
  const ofPull = { headBranch: 'topic', baseBranch: 'main' };
  hub().seedIssue('acme/shop', { number: pull, title: 'Redraw', author: 'ada', pull: ofPull });
  // biome-ignore lint/suspicious/noExplicitAny: what an API answers
  const asked = async (line: `${string} /${string}`, body?: object): Promise<any> =>
    (await ask(hub(), line, { token: demo.github.token, ...(body === undefined ? {} : { body }) })).body;
  const isReview = (work: CancelScript['work']) => work.startsWith('review');
  const appOf = (work: CancelScript['work']) => (isReview(work) ? reviewApp : demo.fly.app);

  const shop = (action: string, inputs: Inputs, options: RunOptions = {}) =>
    stage.run(
      action,
      { 'fly-app': demo.fly.app, 'fly-token': demo.fly.token, ...patient, ...inputs },
      { sha: commits.v2, ...options },
    );
  const review = async (image: string, options: RunOptions = {}) => {
    const pullRequest = await asked(`GET ${repo}/pulls/${pull}`);
    const event = {
      action: 'synchronize',
      number: pull,
      pull_request: pullRequest,
      repository: pullRequest.base.repo,
    };
    const { app: _, ...inputs } = { app: '', 'fly-token': demo.fly.token, 'fly-org': demo.fly.organization };
    return stage.run(
      'fly-deploy',
      { ...inputs, ...patient, 'review-app': 'true', image },
      { sha: commits.v1, ...options, github: { event_name: 'pull_request', event } },
    );
  };

  const deploysBegun = () => {
    const file = `${stage.toolCache}/flyctl-calls`;
    const calls = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    return calls.filter((call) => call.startsWith('deploy ')).length;
  };

  return {
    stage,
    async begin(work) {
      await cloud.reset();
      for (const name of readdirSync(stage.temp)) rmSync(join(stage.temp, name), { recursive: true });
      if (isReview(work)) await asked(`POST ${repo}/git/refs`, { ref: 'refs/heads/topic', sha: commits.v1 });
      if (work === 'review again') await review(images.v1);
      if (work === 'rollback') await pastDeploys(cloud, [{ version: 'v2', verdict: 'pass' }]);
      cloud.journal.clear();
      stage.flyctlCalls();
    },
    run(work, options) {
      switch (work) {
        case 'deploy':
          return shop('fly-deploy', { image: images.v3, checks: shopChecks }, options);
        case 'restore':
          return shop('fly-deploy', { image: images.v2Error, checks: shopChecks }, options);
        case 'rollback':
          return shop('rollback', { to: 'v1', reason: 'a rehearsal', checks: shopChecks }, options);
        default:
          return review(work === 'review' ? images.v1 : images.v3, options);
      }
    },
    next: (work) =>
      isReview(work) ? review(images.v3) : shop('fly-deploy', { image: images.v3, checks: shopChecks }),
    async served(work) {
      const versions = new Set<string>();
      for (let request = 0; request < 8; request += 1) {
        const host = isReview(work) ? reviewHost : demo.fly.host;
        const { status, body } = await cloud.serves(host, '/version.json');
        versions.add(status === 200 ? JSON.parse(String(body)).version : 'nothing');
      }
      return [...versions].sort().join(' ');
    },
    versionOf(work, label) {
      const releases = cloud.service(fly).world.apps.get(appOf(work))?.releases ?? [];
      const release = releases.find(({ version }) => `v${version}` === label);
      const image = release === undefined ? undefined : cloud.images.resolve(release.imageRef);
      return image?.env.VERSION ?? `an unknown ${label}`;
    },
    target: /fly:[\w-]+/,
    label: /\bv\d+\b/g,
    // flyctl ends with the job.
    underWay: async () => [],
    // Post changes with its own requests, or by starting flyctl; a flyctl of main's may end in its time.
    shippedSince({ seq, deploys }) {
      const isOwn = ({ service, headers }: JournalEntry) =>
        service === 'fly' && String(headers['user-agent']).startsWith('belay/');
      const requests = cloud.journal.entries({ since: seq, mutations: true }).filter(isOwn);
      return [
        ...requests.map(({ route }) => route ?? 'unknown'),
        ...Array.from({ length: deploysBegun() - deploys }, () => 'flyctl deploy'),
      ];
    },
    deploysBegun,
    close: () => stage.close(),
  };
}
