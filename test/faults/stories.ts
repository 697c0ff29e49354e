import { commits, demo, type FaultRule, type GitHub, github, type ServiceFactory } from '#local-cloud';
import {
  crew,
  cutBluegreen,
  digestOf,
  idleCrew,
  lostHost,
  movedTags,
  type Scene,
  shop,
  stranger,
  tags,
} from './scenes.ts';

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
  readonly name: string;
  readonly scene: Scene;
  /** What goes wrong in it anyway. */
  readonly given?: readonly FaultRule[];
  /** `all` requests, the calls of routes that no story before it makes, or `none`: it is played as it is. */
  readonly faults: 'all' | 'news' | 'none';
  /** Whether lies are told, and others come between, at each of its looks at the machines. */
  readonly looks?: true;
  readonly action: 'fly-deploy' | 'rollback';
  readonly sha: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly roles: Roles;
  /** The longest it may take by its own inputs. */
  readonly allowedMs: number;
  /** How it ends when nothing goes wrong. */
  readonly ending: string;
}

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

const deploy = {
  action: 'fly-deploy',
  sha: commits.v3,
  roles: { old: 'v2', new: 'v3' },
  allowedMs: limits.timeoutMs + limits.restoreTimeoutMs,
  ending: 'live/verified',
} as const;

const takenBack = { ...deploy, ending: 'restored/checks-failed' } as const;

const rollback = {
  action: 'rollback',
  sha: commits.v2,
  inputs: common,
  roles: { old: 'v1', new: 'v2' },
  allowedMs: limits.timeoutMs,
  ending: 'restored/verified',
} as const;

const shipping = (image: string, more: Readonly<Record<string, string>> = {}) => ({
  inputs: { ...deploying, image, ...more },
});

/** `crew.json` lies in the workspace. */
const crewed = { config: 'crew.json' };

export const stories: readonly Story[] = [
  { name: 'deploy', scene: shop, faults: 'all', looks: true, ...deploy, ...shipping(tags.v3, staging) },
  { name: 'restore', scene: shop, faults: 'all', looks: true, ...takenBack, ...shipping(tags.v3Error) },
  { name: 'snapshot', scene: shop, faults: 'news', ...deploy, ...shipping(tags.v3, { snapshot: 'data' }) },
  { name: 'rollback', scene: shop, faults: 'all', looks: true, ...rollback },
  { name: 'canary', scene: shop, faults: 'news', ...deploy, ...shipping(tags.v3, { strategy: 'canary' }) },
  {
    name: 'bluegreen',
    scene: shop,
    faults: 'news',
    ...deploy,
    ...shipping(tags.v3, { strategy: 'bluegreen' }),
  },
  {
    // flyctl ends when the blue machines do not stop: they take over again, and the green ones go.
    name: 'bluegreen undone',
    scene: shop,
    faults: 'news',
    given: [{ service: 'fly', route: 'flaps.machines.stop', kind: 'status', status: 403, count: 2 }],
    ...deploy,
    ...shipping(tags.v3, { strategy: 'bluegreen' }),
    ending: 'restored/deploy-failed',
  },
  {
    name: 'bluegreen again',
    scene: cutBluegreen('serves'),
    faults: 'news',
    ...deploy,
    ...shipping(tags.v3, { strategy: 'bluegreen' }),
  },
  {
    name: 'bluegreen again, cut late',
    scene: cutBluegreen('cordoned'),
    faults: 'none',
    ...deploy,
    ...shipping(tags.v3, { strategy: 'bluegreen' }),
  },
  {
    name: 'crew taken back',
    scene: crew,
    faults: 'news',
    ...takenBack,
    ...shipping(tags.v3Ends, crewed),
    ending: 'restored/crashed',
  },
  { name: 'crew rolled back', scene: idleCrew, faults: 'news', ...rollback },
  { name: 'crew deployed', scene: idleCrew, faults: 'none', ...deploy, ...shipping(tags.v3, crewed) },
  {
    name: 'tags moved, taken back',
    scene: movedTags,
    faults: 'news',
    ...takenBack,
    ...shipping(tags.v3Error),
  },
  { name: 'tags moved, rolled back', scene: movedTags, faults: 'news', ...rollback },
  {
    name: 'stranger, refused',
    scene: stranger,
    faults: 'none',
    ...deploy,
    ...shipping(tags.v3),
    ending: 'blocked/unmanaged-machines',
  },
  {
    name: 'stranger, rolled back',
    scene: stranger,
    faults: 'none',
    ...rollback,
    ending: 'stranded/unmanaged-machines',
  },
  { name: 'lost host, deployed', scene: lostHost, faults: 'none', ...deploy, ...shipping(tags.v3) },
  {
    name: 'lost host, taken back',
    scene: lostHost,
    faults: 'news',
    ...takenBack,
    ...shipping(tags.v3Error),
  },
  { name: 'lost host, rolled back', scene: lostHost, faults: 'none', ...rollback },
];

/** How many records GitHub has before a story begins. */
export const seeded = { records: 2 } as const;

export const githubSeed: ServiceFactory<GitHub> = (context) => {
  const service = github(context);
  const digests = { v1: digestOf(context.images, 'v1'), v2: digestOf(context.images, 'v2') };
  service.seedDeployments(`${demo.github.owner}/${demo.github.repository}`, seeded.records, (index) => {
    const release = index === 0 ? 'v1' : 'v2';
    const facts = [
      `shipped ${release} ${release} ${digests[release]}`,
      `activated ${release}`,
      'verdict pass',
    ];
    return {
      sha: commits[release],
      task: 'belay:deploy',
      payload: intent(commits[release], index === 0 ? null : 'v1'),
      statuses: facts.map((fact) => ({ state: 'success', description: `belay/1 ${fact}` })),
    };
  });
  return service;
};

function intent(commit: string, previous: string | null): object {
  return {
    schema: 1,
    platform: 'fly',
    target: `fly:${demo.fly.app}`,
    service: demo.fly.app,
    environment: 'production',
    commit,
    previous,
    restores: null,
    replaces: null,
    barrier: false,
    actor: 'ada',
    trigger: 'push',
    reason: '',
    run: '1',
    attempt: 1,
  };
}
