import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Cloud, demo, type JournalEntry, type Railway, startCloud } from '#local-cloud';
import { githubSeed } from '../faults/ledger.ts';
import type { Report } from '../faults/observed.ts';
import { type Invariants, judge } from '../faults/oracle.ts';
import { beginRailway } from '../faults/railway/ground.ts';
import { railwaySeed } from '../faults/railway/scenes.ts';
import { railwayStories } from '../faults/railway/stories.ts';
import { wasBlindOnRailway } from '../faults/railway/witness.ts';
import { eventually } from '../support/eventually.ts';
import { somebodyUploads } from '../support/railway-person.ts';

const story = railwayStories[0];
const service = { service: demo.railway.service };

const law: Invariants = {
  action: 'railway-up',
  roles: { old: 'v2', new: 'v3' },
  allowedMs: 27_000,
  endings: [
    { outcome: 'live', reason: 'verified' },
    { outcome: 'restored', reason: 'checks-failed' },
    { outcome: 'rejected', reason: 'needs-approval' },
    { outcome: 'error', reason: 'not-authorized' },
  ],
  secrets: [demo.railway.token],
};

const green: Report = {
  outcome: 'live',
  reason: 'verified',
  serving: 'new',
  exitCode: 0,
  durationMs: 2_000,
  needsPerson: 'false',
  annotations: [],
  texts: [],
  orphans: [],
};
const red: Report = {
  ...green,
  outcome: 'restored',
  reason: 'checks-failed',
  serving: 'old',
  exitCode: 1,
  annotations: [{ level: 'error', message: 'checks-failed: It failed. Next: Read the summary.' }],
};

let cloud: Cloud;
let railway: Railway;
beforeAll(async () => {
  cloud = await startCloud({ services: [githubSeed, railwaySeed] });
  railway = cloud.service(railwaySeed);
});
beforeEach(() => cloud.reset());
afterAll(() => cloud.close());

/** What is made of a run that says this and has done that. */
async function judged(said: Report, act: () => Promise<void>): Promise<readonly string[]> {
  if (story === undefined) throw new Error('there are stories of Railway');
  const watch = await beginRailway(cloud, story, { rules: [] });
  await act();
  return judge(said, await watch.whatIsTrue({ rules: [] }), law);
}

const upload = () => somebodyUploads(railway, 'v3');

async function uploadAndServe(): Promise<void> {
  await upload();
  await eventually(async () =>
    String((await cloud.serves(demo.railway.host, '/version.json')).body).includes('"v3"'),
  );
}

describe('the oracle of the fault suite on Railway', () => {
  it('has nothing against an upload that serves in both regions', async () => {
    expect(await judged(green, uploadAndServe)).toEqual([]);
  });

  it.each<{ name: string; said: Report; act: () => Promise<void>; wrongs: readonly string[] }>([
    {
      name: 'a success of nothing',
      said: green,
      act: async () => {},
      wrongs: [
        'says new serves, but old does (v2 v2 v2 v2 v2 v2)',
        'green (live), but old serves',
        'live, but web/us-west2 runs 0 of 1 on v3',
        'live, but web/europe-west4 runs 0 of 1 on v3',
        'live, but web/us-west2 runs v2 as well',
        'live, but web/europe-west4 runs v2 as well',
      ],
    },
    {
      name: 'one intent that was uploaded twice',
      said: green,
      act: async () => {
        await upload();
        await uploadAndServe();
      },
      wrongs: ['released twice: web v3'],
    },
    {
      name: 'what goes live after the run has said its word',
      said: { ...red, outcome: 'rejected', reason: 'needs-approval' },
      act: upload,
      wrongs: [
        'says old serves, but new does (v3 v3 v3 v3 v3 v3)',
        'needs no person (rejected), though new serves',
      ],
    },
    {
      name: 'a refusal that changed something all the same',
      said: { ...red, outcome: 'error', reason: 'not-authorized', serving: 'new', needsPerson: 'true' },
      act: uploadAndServe,
      wrongs: ['error, but machines were changed', 'error, but released web v3'],
    },
    {
      name: 'a region that did not come back',
      said: green,
      act: async () => {
        const instance = railway.world
          .environment(demo.railway.environmentId)
          ?.instances.get(demo.railway.serviceId);
        if (instance === undefined) throw new Error('the scene has a service');
        const one = { 'us-west2': { numReplicas: 1 } };
        instance.settings = { ...instance.settings, multiRegionConfig: one };
        await uploadAndServe();
      },
      wrongs: ['live, but web/europe-west4 runs 0 of 1 on v3'],
    },
  ])('sees $name', async ({ said, act, wrongs }) => {
    expect(await judged(said, act)).toEqual(wrongs);
  });

  it('has nothing against one that waits for a person and is left so', async () => {
    const waiting: Report = { ...red, outcome: 'rejected', reason: 'needs-approval' };
    const act = () => {
      railway.next(service, { kind: 'needs-approval' });
      return upload();
    };
    expect(await judged(waiting, act)).toEqual([]);
  });
});

describe('an action that could not know what serves on Railway', () => {
  const asked = (route: string, fault: string | null = null) => {
    return { service: 'railway', route, fault } as JournalEntry;
  };
  const look = [asked('graphql.serviceInstance'), asked('graphql.deployments')];

  it.each<[string, readonly JournalEntry[], boolean]>([
    ['has looked unharmed', [asked('graphql.project', 'stall'), ...look], false],
    ['asked for the service last in vain', [...look, asked('graphql.serviceInstance', 'stall')], true],
    ['asked for the deployments last in vain', [...look, asked('graphql.deployments', 'reset-before')], true],
    ['was struck, and looked again', [asked('graphql.deployments', 'status'), ...look], false],
    ['never came to look', [asked('graphql.projectToken', 'status'), asked('graphql.me')], true],
    ['never came to look, and nothing was in its way', [asked('graphql.projectToken')], false],
    ['lost its upload, which is no look', [...look, asked('upload', 'reset-after')], false],
  ])('%s', (_, journal, blind) => {
    expect(wasBlindOnRailway(journal)).toBe(blind);
  });
});
