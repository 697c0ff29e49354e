import { expect } from 'vitest';
import { commits } from '#local-cloud';
import { recordedDeploys } from '../../support/recorded-deploys.ts';
import { appsOf, type Ground, newest, type PlayedEvent } from './ground.ts';
import { allWell, played, saidBy } from './outcomes.ts';
import type { PageWorkflow } from './page-workflows.ts';
import { type Play, uses } from './play.ts';

const events = ['push', 'workflow_run', 'workflow_dispatch'];
const ours = { full_name: 'acme/shop' };

/** The event as GitHub sends it once `commit` was pushed, or tested, or asked for. */
function about(
  { workflow }: PageWorkflow,
  name: string,
  commit: string,
  conclusion = 'success',
): PlayedEvent {
  if (name === 'push')
    return { sha: commit, github: { event_name: name, event: { after: commit, repository: ours } } };
  if (name === 'workflow_dispatch') {
    const declared = Object.entries(Object(workflow.on.get(name)?.inputs)) as [
      string,
      { required?: boolean },
    ][];
    const needed = declared.filter(([, { required }]) => required === true).map(([input]) => [input, commit]);
    return {
      sha: commit,
      github: { event_name: name, event: { repository: ours } },
      inputs: Object.fromEntries(needed),
    };
  }
  const [followed] = [workflow.on.get(name)?.workflows ?? []].flat();
  const run = {
    name: followed,
    head_branch: 'main',
    head_sha: commit,
    head_repository: ours,
    event: 'push',
    conclusion,
  };
  // The branch has gone on: what GitHub starts the run on is not what was tested.
  return {
    sha: newest,
    github: { event_name: name, event: { action: 'completed', repository: ours, workflow_run: run } },
  };
}

async function servedBy(ground: Ground, page: PageWorkflow): Promise<Readonly<Record<string, string>>> {
  const all = appsOf(page).map(async (app) => [app, await ground.served(app)] as const);
  return Object.fromEntries(await Promise.all(all));
}

const everywhere = (page: PageWorkflow, version: string) =>
  Object.fromEntries(appsOf(page).map((app) => [app, version]));

/** What people see, and what is remembered, after a workflow that deploys. */
export const deployPlays: readonly Play[] = [
  {
    name: 'ships the commit it is about, and proves it',
    events,
    fits: uses('fly-deploy'),
    async play(ground, page, event) {
      const jobs = await ground.start(page, about(page, event, commits.v3));
      expect(played(jobs), saidBy(jobs)).toEqual(allWell(page));
      expect(await servedBy(ground, page)).toEqual(everywhere(page, 'v3'));
      const records = await recordedDeploys(ground.review.shop.stage.cloud);
      expect(records.at(-1)).toMatchObject({ sha: commits.v3, payload: { commit: commits.v3 } });
    },
  },
  {
    name: 'takes back a commit whose home page is broken',
    events,
    fits: uses('fly-deploy'),
    async play(ground, page, event) {
      const jobs = await ground.start(page, about(page, event, commits.v2));
      expect(played(jobs).steps, saidBy(jobs)).toContain('restored/checks-failed');
      expect(played(jobs).jobs).toContainEqual(expect.stringMatching(/: failure$/));
      expect(await servedBy(ground, page)).toEqual(everywhere(page, 'v1'));
    },
  },
  {
    name: 'does nothing after tests that failed',
    events: ['workflow_run'],
    fits: uses('fly-deploy'),
    async play(ground, page, event) {
      const jobs = await ground.start(page, about(page, event, commits.v3, 'failure'));
      expect(played(jobs)).toEqual({ jobs: page.workflow.jobs.map(({ id }) => `${id}: skipped`), steps: [] });
      expect(ground.review.shop.mutations()).toEqual([]);
    },
  },
];
