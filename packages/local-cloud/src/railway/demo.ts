import { readFileSync } from 'node:fs';
import { demoCommits, demoRepositoryName } from '../github/demo.ts';
import { railwayDemo } from './demo-names.ts';
import type { Railway } from './railway.ts';
import type { RepositoryCommit, Tree } from './repository.ts';

const good = new URL('../../demo/railway/good/', import.meta.url);

/** The directories of the demo's app, ready for `railway up`. */
export const demoDirectories = {
  good: good.pathname,
  broken: new URL('../broken/', good).pathname,
} as const;

/** The demo's shop as it stands in a directory: what it says it is, and how it is broken, is in release.json. */
export function shopTree(release: {
  readonly version: string;
  readonly commit?: string;
  /** `SHOP_HEALTH` and the like: see its `server.js`. */
  readonly settings?: Readonly<Record<string, string>>;
}): Tree {
  return {
    'package.json': readFileSync(new URL('package.json', good), 'utf8'),
    'server.js': readFileSync(new URL('server.js', good), 'utf8'),
    'release.json': `${JSON.stringify(release)}\n`,
  };
}

const messages = ['Open the shop', 'Show prices with tax', 'Speed up the search', 'Let guests check out'];

/** The commits of the demo's repository as Railway builds them. */
const commits: readonly RepositoryCommit[] = demoCommits.slice(0, messages.length).map((sha, index) => ({
  sha,
  branch: 'main',
  message: messages[index] ?? '',
  author: 'ann',
  files: shopTree({ version: `v${index}`, commit: sha }),
}));

/** Project `shop`: `web` is uploaded to and has been once, `api` runs an image. */
export function seedDemo(railway: Railway): void {
  const { project, service, token, workspaceToken, accountToken, workspace } = railwayDemo;
  railway.seedRepository({ name: demoRepositoryName, commits });
  const seeded = railway.createProject({
    name: project,
    workspace: { name: workspace },
    services: {
      [service]: {
        settings: { healthcheckPath: '/healthz', healthcheckTimeout: 10 },
        deployed: [{ files: shopTree({ version: 'v1' }), message: 'Show prices with tax' }],
      },
      api: {
        settings: { source: { repo: null, image: 'registry.fly.io/shop:v1' } },
        variables: { DATABASE_URL: 'postgres://db.railway.internal/shop' },
        deployed: [{ image: 'registry.fly.io/shop:v1' }],
        hosts: [],
      },
    },
  });
  railway.addToken({ kind: 'project', value: token, project: seeded.name, environment: 'production' });
  railway.addToken({ kind: 'workspace', value: workspaceToken, workspace });
  railway.addToken({ kind: 'account', value: accountToken, login: 'ann' });
}
