import { setTimeout as delay } from 'node:timers/promises';
import { type Cloud, demo, type JournalEntry } from '#local-cloud';
import type { LedgerEntry, Truth } from './oracle.ts';
import { isFlyctl } from './plan.ts';
import { flySeed, githubSeed, seeded } from './stories.ts';

/** What the cloud itself says after a run, asked past journal and faults. The first `rules` are the case's own. */
export async function whatIsTrue(cloud: Cloud, rules: number): Promise<Truth> {
  const fly = cloud.service(flySeed);
  // A machine that is on its way serves nobody yet; where it is going is what counts.
  await Promise.race([fly.settled(), delay(5_000)]);
  const answers: string[] = [];
  for (let asked = 0; asked < 6; asked += 1) answers.push(await versionServed(cloud));
  const releases = fly.world.apps.get(demo.fly.app)?.releases ?? [];
  return {
    answers,
    releases: releases.slice(seeded.releases).map(({ imageRef }) => imageRef),
    records: await newRecords(cloud),
    strikes: cloud.faults
      .list()
      .slice(0, rules)
      .reduce((sum, { strikes }) => sum + strikes, 0),
    blind: wasBlind(cloud.journal.entries()),
  };
}

async function versionServed(cloud: Cloud): Promise<string> {
  const { status, body } = await cloud.serves(demo.fly.host, '/version.json');
  return status === 200 ? JSON.parse(String(body)).version : 'nothing';
}

async function newRecords(cloud: Cloud): Promise<readonly LedgerEntry[]> {
  const all = await github(cloud, 'deployments?per_page=100');
  const records = all.slice(0, all.length - seeded.records);
  return Promise.all(
    records.map(async ({ id, task }) => {
      const statuses = await github(cloud, `deployments/${id}/statuses?per_page=100`);
      return { task: String(task), descriptions: statuses.map(({ description }) => String(description)) };
    }),
  );
}

/** Newest first, as GitHub lists them. */
async function github(cloud: Cloud, path: string): Promise<readonly Record<string, unknown>[]> {
  const { owner, repository, token } = demo.github;
  const answer = await cloud.service(githubSeed).handle({
    host: 'api.github.com',
    method: 'GET',
    url: new URL(`https://api.github.com/repos/${owner}/${repository}/${path}`),
    headers: { authorization: `Bearer ${token}`, 'user-agent': 'oracle' },
    body: Buffer.alloc(0),
    signal: new AbortController().signal,
  });
  if (answer?.status !== 200) throw new Error(`the emulated GitHub answers ${answer?.status} to ${path}`);
  return answer.body as Record<string, unknown>[];
}

/**
 * A look asks for machines and releases: when either was struck last, the action could not know what serves. Where it
 * never came to ask for machines, what it asked of their API last stands for them.
 */
export function wasBlind(journal: readonly JournalEntry[]): boolean {
  const asked = journal.filter(({ service, headers }) => service === 'fly' && !isFlyctl(headers));
  const hasFailed = (is: (route: string) => boolean) =>
    asked.findLast(({ route }) => route !== null && is(route))?.fault != null;
  const listed = asked.some(({ route }) => route === 'flaps.machines.list');
  return (
    hasFailed((route) => route === 'graphql.app.releases') ||
    hasFailed((route) => (listed ? route === 'flaps.machines.list' : route.startsWith('flaps.')))
  );
}
