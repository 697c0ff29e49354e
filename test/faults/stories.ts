import { commits, demo, type FaultRule, Fly, type GitHub, github, type ServiceFactory } from '#local-cloud';

/** Nothing in a story may take longer; a case that waits for a limit is paid in these. */
export const limits = { timeoutMs: 15_000, restoreTimeoutMs: 12_000 } as const;

/** Looked for wherever the action writes. */
export const secrets = [demo.fly.token, demo.github.token, 'demo-check-secret', 'demo-app-secret'] as const;

/** What `/version.json` answers when the old or the new release serves. */
export interface Roles {
  readonly old: string;
  readonly new: string;
}

export interface Story {
  readonly name: 'deploy' | 'restore' | 'rollback' | 'snapshot' | 'canary' | 'bluegreen' | 'bluegreen undone';
  /** What goes wrong in it anyway. */
  readonly given?: readonly FaultRule[];
  /** Plays only the calls of routes that none of the stories before it makes. */
  readonly onlyNews?: true;
  readonly action: 'fly-deploy' | 'rollback';
  readonly sha: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly roles: Roles;
  /** The longest it may take by its own inputs. */
  readonly allowedMs: number;
  /** How it ends when nothing goes wrong. */
  readonly ending: string;
}

const tags = {
  v1: 'registry.fly.io/shop:faults-v1',
  v2: 'registry.fly.io/shop:faults-v2',
  v3: 'registry.fly.io/shop:faults-v3',
  v3Error: 'registry.fly.io/shop:faults-v3-error',
} as const;

const checks = `
secrets: [SHOP_KEY]
checks:
  - name: home
    http: { url: /, headers: { x-shop-key: "\${SHOP_KEY}" } }
    timeout: 2s
    retry: { attempts: 3, interval: 300ms }
    expect: { status: 200, body: { contains: Shop } }
`;

const common = {
  'fly-app': demo.fly.app,
  'fly-token': demo.fly.token,
  checks,
  'check-secrets': 'SHOP_KEY=demo-check-secret',
  'wait-timeout': '5s',
  timeout: `${limits.timeoutMs / 1000}s`,
};
const deploying = { ...common, 'restore-timeout': `${limits.restoreTimeoutMs / 1000}s` };

/** Set with the release, and needed by it. */
const staging = { secrets: 'SHOP_STAGED=demo-app-secret', 'required-secrets': 'SHOP_BEFORE' };

/** All begin alike: v2 serves on two machines, v1 served before it, and the ledger knows both as verified. */
export const stories: readonly Story[] = [
  {
    name: 'deploy',
    action: 'fly-deploy',
    sha: commits.v3,
    inputs: { ...deploying, ...staging, image: tags.v3 },
    roles: { old: 'v2', new: 'v3' },
    allowedMs: limits.timeoutMs + limits.restoreTimeoutMs,
    ending: 'live/verified',
  },
  {
    name: 'restore',
    action: 'fly-deploy',
    sha: commits.v3,
    inputs: { ...deploying, image: tags.v3Error },
    roles: { old: 'v2', new: 'v3' },
    allowedMs: limits.timeoutMs + limits.restoreTimeoutMs,
    ending: 'restored/checks-failed',
  },
  {
    name: 'snapshot',
    action: 'fly-deploy',
    sha: commits.v3,
    inputs: { ...deploying, image: tags.v3, snapshot: 'data' },
    roles: { old: 'v2', new: 'v3' },
    allowedMs: limits.timeoutMs + limits.restoreTimeoutMs,
    ending: 'live/verified',
    onlyNews: true,
  },
  {
    name: 'rollback',
    action: 'rollback',
    sha: commits.v2,
    inputs: common,
    roles: { old: 'v1', new: 'v2' },
    allowedMs: limits.timeoutMs,
    ending: 'restored/verified',
  },
  {
    name: 'canary',
    onlyNews: true,
    ...{ action: 'fly-deploy', sha: commits.v3, roles: { old: 'v2', new: 'v3' } },
    inputs: { ...deploying, image: tags.v3, strategy: 'canary' },
    allowedMs: limits.timeoutMs + limits.restoreTimeoutMs,
    ending: 'live/verified',
  },
  {
    name: 'bluegreen',
    onlyNews: true,
    ...{ action: 'fly-deploy', sha: commits.v3, roles: { old: 'v2', new: 'v3' } },
    inputs: { ...deploying, image: tags.v3, strategy: 'bluegreen' },
    allowedMs: limits.timeoutMs + limits.restoreTimeoutMs,
    ending: 'live/verified',
  },
  {
    // flyctl ends when the blue machines do not stop: they take over again, and the green ones go.
    name: 'bluegreen undone',
    onlyNews: true,
    given: [{ service: 'fly', route: 'flaps.machines.stop', kind: 'status', status: 403, count: 2 }],
    ...{ action: 'fly-deploy', sha: commits.v3, roles: { old: 'v2', new: 'v3' } },
    inputs: { ...deploying, image: tags.v3, strategy: 'bluegreen' },
    allowedMs: limits.timeoutMs + limits.restoreTimeoutMs,
    ending: 'restored/deploy-failed',
  },
];

/** How many releases Fly has, and records GitHub has, before a story begins. */
export const seeded = { releases: 2, records: 2 } as const;

export const flySeed: ServiceFactory<Fly> = (context) =>
  new Fly(context, (fly) => {
    for (const version of ['v1', 'v2', 'v3'] as const) {
      context.images.put(tags[version], image(version));
    }
    context.images.put(tags.v3Error, image('v3', { SHOP_ROOT_STATUS: '500' }));
    fly.world.addToken({ value: demo.fly.token, kind: 'org', email: 'demo@example.com' });
    const secrets = { SHOP_BEFORE: 'demo' };
    fly.createApp({ name: demo.fly.app, image: tags.v2, formerImages: [tags.v1], secrets });
    fly.createVolume(demo.fly.app, { name: 'data' });
  });

export const githubSeed: ServiceFactory<GitHub> = (context) => {
  const service = github(context);
  service.seedDeployments(`${demo.github.owner}/${demo.github.repository}`, seeded.records, (index) => {
    const [release, commit] = index === 0 ? ['v1', commits.v1] : ['v2', commits.v2];
    const facts = [`shipped ${release} ${release} -`, `activated ${release}`, 'verdict pass'];
    return {
      sha: commit,
      task: 'belay:deploy',
      payload: intent(commit, index === 0 ? null : 'v1'),
      statuses: facts.map((fact) => ({ state: 'success', description: `belay/1 ${fact}` })),
    };
  });
  return service;
};

function image(version: 'v1' | 'v2' | 'v3', flags: Readonly<Record<string, string>> = {}) {
  return { app: 'shop', env: { VERSION: version, COMMIT: commits[version], ...flags }, labels: {} };
}

function intent(commit: string, previous: string | null): object {
  return {
    ...{ schema: 1, platform: 'fly', target: `fly:${demo.fly.app}`, service: demo.fly.app },
    ...{ environment: 'production', commit, previous, restores: null, replaces: null, barrier: false },
    ...{ actor: 'ada', trigger: 'push', reason: '', run: '1', attempt: 1 },
  };
}
