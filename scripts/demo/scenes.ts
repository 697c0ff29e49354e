import { commits, type Images, images } from '#local-cloud';
import { demoCommits } from '../../packages/local-cloud/src/github/demo.ts';

/**
 * Versions of the shop, each named as the release that Fly will make of it: what a page answers is then what flyctl, the
 * log and the summary say. v1 serves from the start, and no version is v4 or v6: these are the ways back to v2.
 */
const [, , c2 = '', c3 = '', c4 = ''] = demoCommits;
const versions = {
  v2: { commit: c2, flags: {} },
  v3: { commit: c3, flags: { SHOP_ROOT_STATUS: '500' } },
  v5: { commit: c4, flags: {} },
} as const;

/** Checks that pass on a good shop and tell one with a broken home page. */
export const checks = `
- name: home
  http: GET /
  expect: { status: 200, body: { contains: Shop } }
- name: health
  http: GET /healthz
  expect: { status: 200, duration: { lt: 2s } }
`;

export interface Scene {
  readonly title: string;
  readonly action: 'fly-deploy' | 'rollback';
  readonly sha: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** What the story claims: outcome, reason, the version users see afterwards, and the release it is to Fly. */
  readonly expected: {
    readonly outcome: string;
    readonly reason: string;
    readonly version: string;
    readonly release: string;
  };
}

export const scenes: readonly Scene[] = [
  {
    title: 'Ship v2',
    action: 'fly-deploy',
    sha: versions.v2.commit,
    inputs: { image: imageOf('v2') },
    expected: { outcome: 'live', reason: 'verified', version: 'v2', release: 'v2' },
  },
  {
    title: 'Ship v3, whose home page is broken',
    action: 'fly-deploy',
    sha: versions.v3.commit,
    inputs: { image: imageOf('v3') },
    expected: { outcome: 'restored', reason: 'checks-failed', version: 'v2', release: 'v4' },
  },
  {
    title: 'Ship v5',
    action: 'fly-deploy',
    sha: versions.v5.commit,
    inputs: { image: imageOf('v5') },
    expected: { outcome: 'live', reason: 'verified', version: 'v5', release: 'v5' },
  },
  {
    title: 'Roll back from v5 to v2, by hand',
    action: 'rollback',
    sha: versions.v5.commit,
    inputs: { to: 'last-verified', reason: 'prices are wrong' },
    expected: { outcome: 'restored', reason: 'verified', version: 'v2', release: 'v6' },
  },
  {
    title: 'Run the workflow of v1 again, which is older than what serves',
    action: 'fly-deploy',
    sha: commits.v1,
    inputs: { image: images.v1 },
    expected: { outcome: 'blocked', reason: 'older-than-live', version: 'v2', release: 'v6' },
  },
];

function imageOf(version: keyof typeof versions): string {
  return `registry.fly.io/shop:${version}`;
}

/** Puts the images of all versions into the registry. */
export function putVersions(registry: Images): void {
  for (const version of ['v2', 'v3', 'v5'] as const) {
    const { commit, flags } = versions[version];
    const labels = { 'org.opencontainers.image.revision': commit };
    const env = { VERSION: version, COMMIT: commit, ...flags };
    registry.put(imageOf(version), { app: 'shop', env, labels });
  }
}
