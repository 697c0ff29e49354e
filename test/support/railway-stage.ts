import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { commits, demo, type JournalEntry, type Railway, railway, shopTree } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { openStage, type RunOptions, type Stage } from '../../scripts/stage.ts';

type Inputs = Readonly<Record<string, string>>;

/** What is in the folder that is uploaded. */
type Release = Parameters<typeof shopTree>[0];

/** The committed bundles against the demo's service `web`, which serves v1; every test begins with it. */
export interface RailwayStage {
  readonly stage: Stage;
  readonly railway: Railway;
  /** `railway-up` of a shop that is so, where `mode` uploads one; the commit is v2's unless `sha` says otherwise. */
  up(release: Release, inputs?: Inputs, options?: RunOptions): Promise<ActionResult>;
  rollback(inputs?: Inputs, options?: RunOptions): Promise<ActionResult>;
  /** The version a few requests are answered with, seen from outside: `v1`, `v1 v2`, or `nothing`. */
  served(): Promise<string>;
  /** Routes of the requests that changed something at Railway, in their order. */
  mutations(): readonly string[];
  entries(route: string): readonly JournalEntry[];
}

/** A check of the page that is there in every good shop. */
export const homeCheck = '- { name: home, http: GET /, expect: { status: 200, body: { contains: Shop } } }';

/** One stage for a test file: opened before its tests, reset between them. */
export function railwayStage(): RailwayStage {
  let opened: Stage | undefined;
  const stage = () => {
    if (opened === undefined) throw new Error('the stage opens before the first test');
    return opened;
  };
  beforeAll(async () => {
    opened = await openStage({ flyctl: 'stand-in' });
  });
  beforeEach(() => stage().cloud.reset());
  afterAll(() => opened?.close());

  const run = (action: string, inputs: Inputs, options: RunOptions = {}) => {
    const common = { 'railway-token': demo.railway.token, 'railway-service': demo.railway.service };
    return stage().run(action, { ...common, timeout: '40s', ...inputs }, { sha: commits.v2, ...options });
  };
  return {
    get stage() {
      return stage();
    },
    get railway() {
      return stage().cloud.service(railway);
    },
    up: (release, inputs, options) => {
      const own = { stabilize: '1s', 'restore-timeout': '30s', ...inputs };
      if ((inputs?.mode ?? 'upload') !== 'upload') return run('railway-up', own, options);
      writeTree(join(stage().workspace, 'shop'), shopTree(release));
      return run('railway-up', { directory: 'shop', ...own }, options);
    },
    rollback: (inputs = {}, options) => run('rollback', { stabilize: '1s', ...inputs }, options),
    served: () => served(stage()),
    mutations: () =>
      stage()
        .cloud.journal.entries({ mutations: true })
        .filter(({ service }) => service === 'railway')
        .map(({ route }) => route ?? 'unknown'),
    entries: (route) =>
      stage()
        .cloud.journal.entries()
        .filter((entry) => entry.route === route),
  };
}

/** The folder holds these files and no others. */
function writeTree(folder: string, tree: Readonly<Record<string, string>>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

async function served({ cloud }: Stage): Promise<string> {
  const versions = new Set<string>();
  for (let request = 0; request < 4; request += 1) {
    const { status, body } = await cloud.serves(demo.railway.host, '/version.json');
    versions.add(status === 200 ? JSON.parse(String(body)).version : 'nothing');
  }
  return [...versions].sort().join(' ');
}
