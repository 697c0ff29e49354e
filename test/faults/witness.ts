import { setTimeout as delay } from 'node:timers/promises';
import { type Cloud, demo, type JournalEntry } from '#local-cloud';
import { someoneElse } from '../support/someone-else.ts';
import type { Case } from './case.ts';
import { clientOf } from './client.ts';
import { type Fleet, fleetOf } from './fleet.ts';
import type { Observed, Takeover } from './observed.ts';
import { newRecords, strikesOf, versionsServed } from './outside.ts';
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
    const answers = await versionsServed(this.#cloud, demo.fly.host);
    const journal = this.#cloud.journal.entries();
    const strikes = strikesOf(this.#cloud, rules) + fly.strikes;
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
