import { type Cloud, commits, demo, fly, github } from '#local-cloud';
import { githubRequest } from './github-client.ts';
import { addRelease, someoneElseDeploys } from './someone-else.ts';

export interface PastDeploy {
  /** What its own page says: `a`. */
  readonly version: string;
  readonly verdict: 'pass' | 'fail' | 'settled' | 'none';
  readonly commit?: string;
  readonly barrier?: boolean;
  /** flyctl built it: Fly names its release by a tag. */
  readonly built?: boolean;
  /** Whether its record tells its digest; it does unless said otherwise. */
  readonly digestKnown?: boolean;
  /** Of its home page; 200 unless said otherwise. */
  readonly homeStatus?: number;
  /** What else is wrong with its image. */
  readonly flags?: Readonly<Record<string, string>>;
}

/** Deploys the shop was given after v1, oldest first: v2, v3… The last one serves, and the ledger knows each. */
export async function pastDeploys(cloud: Cloud, deploys: readonly PastDeploy[]): Promise<void> {
  await cloud.serves(demo.fly.host);
  for (const [index, deploy] of deploys.entries()) {
    const image = imageOf(cloud, deploy);
    const { built = false, digestKnown = true } = deploy;
    if (index === deploys.length - 1) someoneElseDeploys(cloud, image, { built });
    else addRelease(cloud, image, { built });
    const digest = digestKnown ? (cloud.images.resolve(image)?.digest ?? '') : '-';
    await record(cloud, `v${index + 2}`, { ...deploy, digest });
  }
  await cloud.service(fly).settled();
}

/** The image a past deploy shipped. */
export function pastImage(version: string): string {
  return `registry.fly.io/shop:${version}`;
}

function imageOf(cloud: Cloud, { version, homeStatus, flags }: PastDeploy): string {
  const home = homeStatus === undefined ? {} : { SHOP_ROOT_STATUS: String(homeStatus) };
  const env = { VERSION: version, ...home, ...flags };
  return cloud.images.put(pastImage(version), { app: 'shop', env, labels: {} }).ref;
}

async function record(cloud: Cloud, release: string, deploy: PastDeploy & { digest: string }): Promise<void> {
  const commit = deploy.commit ?? commits.v1;
  const payload = {
    schema: 1,
    platform: 'fly',
    target: 'fly:shop',
    service: 'shop',
    environment: 'production',
    commit,
    previous: null,
    restores: null,
    replaces: null,
    barrier: deploy.barrier ?? false,
    actor: 'ada',
    trigger: 'push',
    reason: '',
    run: '1',
    attempt: 1,
  };
  const intent = {
    ref: commit,
    task: 'belay:deploy',
    auto_merge: false,
    required_contexts: [],
    payload,
  };
  const { id } = await post(cloud, '/deployments', intent);
  const verdict = deploy.verdict === 'none' ? [] : [`verdict ${deploy.verdict}`];
  for (const fact of [`shipped ${release} ${release} ${deploy.digest}`, ...verdict]) {
    await post(cloud, `/deployments/${id}/statuses`, { state: 'success', description: `belay/1 ${fact}` });
  }
}

async function post(cloud: Cloud, path: string, body: object): Promise<{ readonly id: number }> {
  const { owner, repository, token } = demo.github;
  const request = githubRequest('POST', `/repos/${owner}/${repository}${path}`, { token, body });
  const answer = await cloud.service(github).handle(request);
  if (answer?.status !== 201) throw new Error(`${path} → ${JSON.stringify(answer)}`);
  return JSON.parse(JSON.stringify(answer.body));
}
