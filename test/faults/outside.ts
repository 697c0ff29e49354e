/** What is asked of a cloud past journal and faults, whatever the platform. */
import { type Cloud, demo, type FaultRule } from '#local-cloud';
import { githubSeed, seeded } from './ledger.ts';
import type { LedgerEntry } from './observed.ts';

/** The version each of several requests is answered with. */
export async function versionsServed(cloud: Cloud, host: string): Promise<readonly string[]> {
  const answers: string[] = [];
  for (let asked = 0; asked < 6; asked += 1) answers.push(await versionServed(cloud, host));
  return answers;
}

async function versionServed(cloud: Cloud, host: string): Promise<string> {
  const { status, body } = await cloud.serves(host, '/version.json');
  return status === 200 ? JSON.parse(String(body)).version : 'nothing';
}

/** How often the rules of a case have struck; they were the first that were added. */
export function strikesOf(cloud: Cloud, rules: readonly FaultRule[]): number {
  const own = cloud.faults.list().slice(0, rules.length);
  return own.reduce((sum, rule) => sum + rule.strikes, 0);
}

/** What a run has put into GitHub's ledger, newest first. */
export async function newRecords(cloud: Cloud): Promise<readonly LedgerEntry[]> {
  cloud.service(githubSeed).reveal();
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
