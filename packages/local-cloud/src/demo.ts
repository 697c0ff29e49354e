import type { ImageDefinition } from './apps/images.ts';
import { demoCommits, demoRepository } from './github/demo.ts';
import { railwayDemo } from './railway/demo-names.ts';

/** The demo's names: what `npm run cloud` prints, the seeds hold, and tests refer to. */
export const demo = {
  fly: {
    organization: 'demo',
    app: 'shop',
    host: 'shop.fly.dev',
    /** Not a macaroon: flyctl drops what begins with `fm` and does not decode. */
    token: 'demo_fly_token',
  },
  github: { owner: demoRepository.owner, repository: demoRepository.name, token: 'demo_github_token' },
  railway: railwayDemo,
} as const;

const [beforeV1 = '', v1 = '', v2 = '', v3 = ''] = demoCommits;

/** The commits the demo's images were built from, oldest first; `beforeV1` was never built. */
export const commits = { beforeV1, v1, v2, v3 } as const;

/** Image references of the registry's seed. */
export const images = {
  v1: shop('v1'),
  /** Starts, but its health check fails. */
  v2Broken: shop('v2-broken'),
  /** Healthy, but its home page answers 500. */
  v2Error: shop('v2-error'),
  /** Healthy, answers 200 everywhere, and the home page is `{"error":…}`. */
  v2ErrorBody: shop('v2-error-body'),
  /** Ends with code 1 as soon as it starts. */
  v2Crash: shop('v2-crash'),
  /** Healthy for a second, then ends with code 137. */
  v2CrashLater: shop('v2-crash-later'),
  /** Says it was built from the commit before. */
  v2Stale: shop('v2-stale'),
  /** Answers after two seconds. */
  v2Slow: shop('v2-slow'),
  /** Its release command `migrate` ends with code 3. */
  v2MigrationFails: shop('v2-migration-fails'),
  v3: shop('v3'),
  /** What `fly postgres create` runs. */
  postgres: 'flyio/postgres-flex:17.2',
} as const;

export const seedImages: Readonly<Record<string, ImageDefinition>> = {
  [images.v1]: image('v1'),
  [images.v2Broken]: image('v2', { SHOP_HEALTH: 'failing' }),
  [images.v2Error]: image('v2', { SHOP_ROOT_STATUS: '500' }),
  [images.v2ErrorBody]: image('v2', { SHOP_ERROR_BODY: 'true' }),
  [images.v2Crash]: image('v2', { SHOP_CRASH_AT_START: 'true' }),
  [images.v2CrashLater]: image('v2', { SHOP_CRASH_AFTER_MS: '1000', SHOP_EXIT_CODE: '137' }),
  [images.v2Stale]: image('v2', { SHOP_REPORTED_COMMIT: commits.v1 }),
  [images.v2Slow]: image('v2', { SHOP_SLOW_MS: '2000' }),
  [images.v2MigrationFails]: image('v2', { SHOP_EXIT_CODE: '3' }),
  [images.v3]: image('v3'),
  [images.postgres]: { app: 'fly-postgres', env: {}, labels: {} },
};

function shop(tag: string): string {
  return `registry.fly.io/shop:${tag}`;
}

function image(version: keyof typeof commits, flags: Record<string, string> = {}): ImageDefinition {
  const commit = commits[version];
  return {
    app: 'shop',
    env: { VERSION: version, COMMIT: commit, ...flags },
    labels: { 'org.opencontainers.image.revision': commit, 'org.opencontainers.image.version': version },
  };
}
