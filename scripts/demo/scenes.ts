import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commits, demo, type Images, images, shopTree } from '#local-cloud';
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
  readonly action: 'fly-deploy' | 'railway-up' | 'rollback';
  readonly on: Place;
  readonly sha: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** What the story claims: outcome, reason, the version users see afterwards, and the release it is to Fly. */
  readonly expected: {
    readonly outcome: string;
    readonly reason: string;
    readonly version: string;
    /** Absent where releases are not numbered. */
    readonly release?: string;
  };
}

/** Where a scene plays: what names the target, and the host that users ask. */
export interface Place {
  readonly inputs: Readonly<Record<string, string>>;
  readonly host: string;
}

export const onFly: Place = {
  inputs: { 'fly-app': demo.fly.app, 'fly-token': demo.fly.token, 'wait-timeout': '10s' },
  host: demo.fly.host,
};

const onRailway: Place = {
  inputs: { 'railway-token': demo.railway.token, 'railway-service': demo.railway.service },
  host: demo.railway.host,
};

export const scenes: readonly Scene[] = [
  {
    title: 'Ship v2',
    action: 'fly-deploy',
    on: onFly,
    sha: versions.v2.commit,
    inputs: { image: imageOf('v2') },
    expected: { outcome: 'live', reason: 'verified', version: 'v2', release: 'v2' },
  },
  {
    title: 'Ship v3, whose home page is broken',
    action: 'fly-deploy',
    on: onFly,
    sha: versions.v3.commit,
    inputs: { image: imageOf('v3') },
    expected: { outcome: 'restored', reason: 'checks-failed', version: 'v2', release: 'v4' },
  },
  {
    title: 'Ship v5',
    action: 'fly-deploy',
    on: onFly,
    sha: versions.v5.commit,
    inputs: { image: imageOf('v5') },
    expected: { outcome: 'live', reason: 'verified', version: 'v5', release: 'v5' },
  },
  {
    title: 'Roll back from v5 to v2, by hand',
    action: 'rollback',
    on: onFly,
    sha: versions.v5.commit,
    inputs: { to: 'last-verified', reason: 'prices are wrong' },
    expected: { outcome: 'restored', reason: 'verified', version: 'v2', release: 'v6' },
  },
  {
    title: 'Run the workflow of v1 again, which is older than what serves',
    action: 'fly-deploy',
    on: onFly,
    sha: commits.v1,
    inputs: { image: images.v1 },
    expected: { outcome: 'blocked', reason: 'older-than-live', version: 'v2', release: 'v6' },
  },
  {
    title: 'Upload v2 to Railway',
    action: 'railway-up',
    on: onRailway,
    sha: versions.v2.commit,
    inputs: { directory: 'v2', stabilize: '2s' },
    expected: { outcome: 'live', reason: 'verified', version: 'v2' },
  },
  {
    title: 'Upload v3 to Railway, whose home page is broken',
    action: 'railway-up',
    on: onRailway,
    sha: versions.v3.commit,
    inputs: { directory: 'v3', stabilize: '2s' },
    expected: { outcome: 'restored', reason: 'checks-failed', version: 'v2' },
  },
];

/** Writes what is uploaded to Railway: a folder for each version. */
export function writeVersions(workspace: string): void {
  for (const version of ['v2', 'v3'] as const) {
    const { commit, flags } = versions[version];
    for (const [path, text] of Object.entries(shopTree({ version, commit, settings: flags }))) {
      const file = join(workspace, version, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }
}

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
