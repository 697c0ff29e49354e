import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { commits, demo, fly, github, images, railway, shopTree } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { linearHistory } from '../../packages/local-cloud/src/github/seed.ts';
import { root } from '../../scripts/root.ts';
import { connect, push } from '../support/railway-pushes.ts';
import { homeCheck } from '../support/railway-stage.ts';
import { mergeCommit, pull, repo, reviewStage } from '../support/review-stage.ts';
import { shopChecks } from '../support/shop-stage.ts';

// The table of docs/permissions.md, played in a private repository: with what a row names GitHub refuses nothing, and
// each of it is asked for.

const review = reviewStage();
const { shop } = review;

type Permissions = Readonly<Record<string, 'read' | 'write'>>;

/** What the step is told to be about, with this token. */
const features: Readonly<Record<string, (token: string) => Promise<ActionResult>>> = {
  'deploy: turns, records, the gate `older-than-live`': (token) => deploy(token),
  'build only': (token) => {
    writeFileSync(join(shop.stage.workspace, 'Dockerfile'), `FROM ${images.v3}\n`);
    return shop.deploy({ 'build-only': 'true', 'github-token': token });
  },
  'dry run of a deploy': (token) => deploy(token, { 'dry-run': 'true' }),
  rollback: async (token) => {
    await shop.deploy({ image: images.v3 }, { sha: commits.v2 });
    return shop.rollback({ to: 'last-verified', 'github-token': token }, { sha: commits.v2 });
  },
  'a killed run is not waited for': async (token) => {
    await killedRun();
    return deploy(token);
  },
  '`snapshot-when`': (token) => {
    shop.stage.cloud
      .service(fly)
      .createApp({ name: 'shop-db', image: images.postgres, postgres: true, volume: 'pg_data' });
    return deploy(token, { snapshot: 'shop-db', 'snapshot-when': 'db/migrate/**' });
  },
  'review app': (token) => review.on('opened', { 'github-token': token }),
  'sweep of review apps': async (token) => {
    await review.on('opened');
    await review.github(`PATCH ${repo}/pulls/${pull}`, { state: 'closed' });
    return review.sweep({ 'github-token': token });
  },
  'deploy to Railway: turns, records, the gate `older-than-live`': async (token) => {
    writeShop();
    const given = { ...onRailway, directory: 'uploaded' };
    await shop.stage.run('railway-up', given, { sha: commits.v2 });
    return shop.stage.run('railway-up', { ...given, 'github-token': token }, { sha: commits.v3 });
  },
  'watch of what Railway deploys by itself (`mode: watch`)': async (token) => {
    connect(shop.stage.cloud.service(railway));
    await push(shop.stage.cloud.service(railway));
    const given = { ...onRailway, mode: 'watch', 'github-token': token };
    return shop.stage.run('railway-up', given, { sha: commits.v2 });
  },
  'preview (`preview: true`, `create`)': (token) => preview({ 'github-token': token }),
  'sweep of previews': async (token) => {
    await preview();
    await review.github(`PATCH ${repo}/pulls/${pull}`, { state: 'closed' });
    const given = { ...ofWorkspace, checks: '', preview: 'sweep', 'github-token': token };
    return shop.stage.run('railway-up', given, { github: { event_name: 'schedule' } });
  },
  'deploy by a comment (`issue_comment`)': (token) => {
    const event = { issue: { number: pull, pull_request: {} } };
    return deploy(token, {}, { event_name: 'issue_comment', event });
  },
  'smoke test': (token) => smoke({ 'github-token': token }),
  'smoke test of `release: live`': (token) =>
    smoke({
      'github-token': token,
      release: 'live',
      checks: 'release: { path: /version.json, jsonpath: $.commit }',
    }),
  'smoke test that keeps its verdict (`ledger-id`)': (token) =>
    smoke({ 'github-token': token, 'ledger-id': 'live' }),
  'smoke test of `fly-machines`': (token) =>
    smoke({
      'github-token': token,
      'fly-app': demo.fly.app,
      'fly-token': demo.fly.token,
      checks: '- name: machines\n  fly-machines: { machines: { gte: 2 } }\n',
    }),
};

/** On the demo's service of Railway, with a token of its environment, or of its workspace. */
const onRailway = {
  'railway-token': demo.railway.token,
  'railway-service': demo.railway.service,
  stabilize: '1s',
  checks: homeCheck,
};
const ofWorkspace = {
  ...onRailway,
  'railway-token': demo.railway.workspaceToken,
  'railway-project': demo.railway.project,
};

/** The preview of the pull request, made by its run. */
async function preview(inputs: Readonly<Record<string, string>> = {}): Promise<ActionResult> {
  writeShop();
  const options = {
    sha: await mergeCommit(review),
    github: { event_name: 'pull_request', event: await review.event('opened') },
  };
  const given = { ...ofWorkspace, preview: 'create', directory: 'uploaded', ...inputs };
  return shop.stage.run('railway-up', given, options);
}

/** What is uploaded. */
function writeShop(): void {
  const folder = join(shop.stage.workspace, 'uploaded');
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(shopTree({ version: 'v3' })))
    writeFileSync(join(folder, path), text);
}

/** What only the checkout of a private repository asks for. */
const ofCheckout: Readonly<Record<string, readonly string[]>> = {
  'build only': ['contents'],
  rollback: ['contents'],
  'review app': ['contents'],
  'watch of what Railway deploys by itself (`mode: watch`)': ['contents'],
  'preview (`preview: true`, `create`)': ['contents'],
};

const rows = readFileSync(join(root, 'docs', 'permissions.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => {
    const [, feature = '', named = ''] = line.split('|').map((cell) => cell.trim());
    return { feature, permissions: permissionsOf(named) };
  });

function permissionsOf(cell: string): Permissions {
  const named = [...cell.matchAll(/`([\w-]+): (read|write)`/g)];
  return Object.fromEntries(
    named.map(([, name = '', level]) => [name, level === 'write' ? 'write' : 'read']),
  );
}

/** One level less of one of them. */
function lessened(permissions: Permissions): readonly (readonly [string, Permissions])[] {
  return Object.entries(permissions).map(([name, level]) => {
    const { [name]: _, ...others } = permissions;
    return [name, level === 'write' ? { ...others, [name]: 'read' } : others];
  });
}

/** The calls that GitHub refused the step, and whether it came as far as to its work. */
async function played(feature: string, permissions: Permissions) {
  const token = shop.stage.cloud.service(github).token({ permissions });
  const since = shop.stage.cloud.journal.lastSeq;
  const result = await features[feature]?.(token);
  const { journal } = shop.stage.cloud;
  const refused = journal
    .entries({ since })
    .filter(({ service, status }) => service === 'github' && status === 403)
    .map(({ route }) => route);
  return {
    refused,
    works: ['live', 'restored', 'rehearsed', 'done', 'pass'].includes(result?.main.outputs.outcome ?? ''),
  };
}

beforeAll(() => {
  const service = shop.stage.cloud.service(github);
  const history = linearHistory(6, 'acme/shop');
  service.seedRepository({
    owner: demo.github.owner,
    name: demo.github.repository,
    private: true,
    commits: history,
    branches: { main: history.at(-1)?.sha ?? '' },
  });
  const ofPull = { headBranch: 'topic', baseBranch: 'main' };
  service.seedIssue('acme/shop', { number: pull, title: 'Redraw', author: 'ada', pull: ofPull });
  // What serves is a release that the records know.
  service.seedDeployments('acme/shop', 1, () => ({
    sha: commits.v1,
    task: 'belay:deploy',
    payload: intent,
    statuses: [
      { state: 'in_progress', description: 'belay/1 shipped v1 v1 -' },
      { state: 'success', description: 'belay/1 verdict pass' },
    ],
  }));
  service.seedRun('acme/shop', { id: 99, headSha: commits.v2, status: 'completed', conclusion: 'failure' });
});

it('every feature of the table is played, and no other', () => {
  expect(rows.map(({ feature }) => feature)).toEqual(Object.keys(features));
});

describe.each(rows)('$feature', ({ feature, permissions }) => {
  it('is refused nothing with the permissions it is said to need', async () => {
    expect(await played(feature, permissions)).toEqual({ refused: [], works: true });
  });

  const needed = lessened(permissions).filter(([name]) => !ofCheckout[feature]?.includes(name));
  if (needed.length === 0) return;

  it.each(needed)('is refused something with less of `%s`', async (_, fewer) => {
    expect((await played(feature, fewer)).refused).not.toEqual([]);
  });
});

function deploy(
  token: string,
  inputs: Readonly<Record<string, string>> = {},
  event = {},
): Promise<ActionResult> {
  const all = { image: images.v1, checks: shopChecks, 'github-token': token, ...inputs };
  return shop.deploy(all, { sha: commits.v3, github: event });
}

function smoke(inputs: Readonly<Record<string, string>>): Promise<ActionResult> {
  const all = { url: `https://${demo.fly.host}`, service: demo.fly.app, ...inputs };
  return shop.stage.run('smoke-test', all, { sha: commits.v1 });
}

const intent = {
  schema: 1,
  platform: 'fly',
  target: `fly:${demo.fly.app}`,
  service: demo.fly.app,
  environment: 'production',
  commit: commits.v1,
  previous: null,
  restores: null,
  replaces: null,
  barrier: false,
  actor: 'ada',
  trigger: 'push',
  reason: '',
  run: '98',
  attempt: 1,
};

/** A run that opened its record, of 6 s, and was killed. */
async function killedRun(): Promise<void> {
  const record = { ref: commits.v2, task: 'belay:deploy', auto_merge: false, required_contexts: [] };
  const payload = { ...intent, commit: commits.v2, run: '99', budgetMs: 6_000 };
  await review.github(`POST ${repo}/deployments`, { ...record, environment: 'production', payload });
}
