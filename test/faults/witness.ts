import { setTimeout as delay } from 'node:timers/promises';
import { type Cloud, demo, type JournalEntry } from '#local-cloud';
import { someoneElse } from '../support/someone-else.ts';
import { clientOf } from './client.ts';
import { type Fleet, fleetOf } from './fleet.ts';
import type { LedgerEntry, Observed, Takeover } from './observed.ts';
import type { Case } from './plan.ts';
import { githubSeed, seeded } from './stories.ts';
import { flySeed } from './story-fly.ts';

/** What the cloud itself says before and after a run, asked past journal and faults. */
export class Witness {
  readonly #cloud: Cloud;
  readonly #before: Fleet;
  readonly #releases: number;
  /** Number of the request before which another deploy came. */
  #anotherAt: number | undefined;

  /** Opened when the run is about to begin. */
  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    this.#before = fleetOf(cloud.service(flySeed));
    this.#releases = this.#allReleases().length;
  }

  /** A request that is being answered stands in the journal already. */
  sawAnotherDeploy(): void {
    const last = this.#cloud.journal.entries().at(-1);
    this.#anotherAt = last?.route === shipRoute ? last.seq : this.#cloud.journal.lastSeq + 1;
  }

  async whatIsTrue({ rules, incident }: Pick<Case, 'rules' | 'incident'>): Promise<Observed> {
    const fly = this.#cloud.service(flySeed);
    // A machine that is on its way serves nobody yet; where it is going is what counts.
    await Promise.race([fly.settled(), delay(5_000)]);
    const answers: string[] = [];
    for (let asked = 0; asked < 6; asked += 1) answers.push(await versionServed(this.#cloud));
    const journal = this.#cloud.journal.entries();
    const ofRules = this.#cloud.faults.list().slice(0, rules.length);
    const strikes = ofRules.reduce((sum, rule) => sum + rule.strikes, 0) + fly.strikes;
    return {
      answers,
      releases: this.#allReleases()
        .slice(this.#releases)
        .filter(({ user }) => user.email !== someoneElse)
        .map(({ imageRef: image, status }) => ({
          image,
          version: this.#cloud.images.resolve(image)?.env.VERSION ?? 'nothing known',
          isComplete: status === 'complete',
        })),
      records: await newRecords(this.#cloud),
      before: this.#before,
      after: fleetOf(fly),
      isStruck: strikes > 0 || (rules.length === 0 && incident === undefined),
      blind: wasBlind(journal),
      ...(this.#anotherAt !== undefined && { takeover: takeoverOf(journal, this.#anotherAt) }),
    };
  }

  #allReleases() {
    return this.#cloud.service(flySeed).world.apps.get(demo.fly.app)?.releases ?? [];
  }
}

const shipRoute = 'uiex.releases.create';

/** What the run activated first after another deploy had come, and on what that stood. */
function takeoverOf(journal: readonly JournalEntry[], since: number): Takeover {
  const ships = journal.filter(({ route }) => route === shipRoute);
  const act = ships.find(({ seq }) => seq >= since);
  if (act === undefined) return { by: 'nothing' };
  const between = journal.filter(({ seq }) => seq >= since && seq < act.seq);
  const look = between.find(
    ({ route, headers }) => route === 'flaps.machines.list' && clientOf(headers) === 'action',
  );
  const isChosen = between.some(
    ({ route, seq }) => route === 'deployments.create' && look !== undefined && seq > look.seq,
  );
  const standsOn = look === undefined ? 'nothing' : isChosen ? 'a choice' : 'a look';
  return { by: act === ships[0] ? 'the first' : 'a later one', standsOn };
}

async function versionServed(cloud: Cloud): Promise<string> {
  const { status, body } = await cloud.serves(demo.fly.host, '/version.json');
  return status === 200 ? JSON.parse(String(body)).version : 'nothing';
}

async function newRecords(cloud: Cloud): Promise<readonly LedgerEntry[]> {
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

/**
 * A look asks for machines and releases: when either was struck last, the action could not know what serves. Where it
 * never came to ask for machines, what it asked of their API last stands for them.
 */
export function wasBlind(journal: readonly JournalEntry[]): boolean {
  const asked = journal.filter(({ service, headers }) => service === 'fly' && clientOf(headers) === 'action');
  const hasFailed = (is: (route: string) => boolean) =>
    asked.findLast(({ route }) => route !== null && is(route))?.fault != null;
  const listed = asked.some(({ route }) => route === 'flaps.machines.list');
  return (
    hasFailed((route) => route === 'graphql.app.releases') ||
    hasFailed((route) => (listed ? route === 'flaps.machines.list' : route.startsWith('flaps.')))
  );
}
