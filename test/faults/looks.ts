import type { Cloud, JournalEntry } from '#local-cloud';
import { someoneElseDeploys } from '../support/someone-else.ts';
import { clientOf } from './client.ts';
import { machinesOf, tags } from './scenes.ts';
import { flySeed, type Interruption, type Moment } from './story-fly.ts';

/** What comes between two calls, by the name the tables give it. */
export interface Incident {
  readonly name: string;
  readonly moment: Moment;
  /** Once the call is answered; before it where it changes something. */
  readonly kind: 'stale' | 'another deploy' | 'lost host' | 'ended';
  /** The action looks no more before it acts: Fly makes no release on a condition, so what comes here cannot be known. */
  readonly unknowable?: true;
  /** Of a stale answer: what it lacks, and how often in a row it comes. */
  readonly lie?: { readonly mutator: keyof StoryMutators; readonly times: number };
}

type StoryMutators = Record<'list-empty' | 'list-without-first' | 'one-release-behind', unknown>;

/** A look of the action at the machines, and whether flyctl was at work meanwhile. */
interface Look {
  readonly moment: Moment;
  /** Which of the action's it was, from 1. */
  readonly nth: number;
  readonly during: boolean;
  /** No other of its looks comes before flyctl's next release. */
  readonly isLast: boolean;
  /** The end is told by then. */
  readonly isLate: boolean;
}

const lookRoute = 'flaps.machines.list';
const shipRoute = 'uiex.releases.create';
const endRoute = 'uiex.releases.patch';

/** What a replica that lags behind may tell. */
const lies: readonly NonNullable<Incident['lie']>[] = [
  { mutator: 'list-empty', times: 2 },
  { mutator: 'list-without-first', times: 1 },
  { mutator: 'one-release-behind', times: 2 },
];

/**
 * At each look of the action: a stale list, a host that is lost, a process that comes to its end, and another deploy
 * directly after it, up to the look that tells the end. Another deploy comes between the last look and the activation,
 * too. While flyctl works it holds the machines' leases, so nobody else deploys then.
 */
export function incidentsOf(entries: readonly JournalEntry[]): readonly Incident[] {
  const looks = looksOf(entries);
  const apart = looks.filter(({ during }) => !during);
  const first = looks.filter(({ during }, at) => during && looks[at - 1]?.during !== true);
  return [
    ...[...apart, ...first].flatMap((look) => lies.map((lie) => stale(look, lie))),
    ...apart.filter(({ isLate }) => !isLate).map((look) => after(look, 'another deploy')),
    ...ships(entries).map((moment) => ({
      name: `another deploy before release #${moment.nth}`,
      kind: 'another deploy' as const,
      moment,
      unknowable: true as const,
    })),
    ...apart.map((look) => after(look, 'lost host')),
    ...apart.map((look) => after(look, 'ended')),
  ];
}

function stale({ moment, nth }: Look, lie: NonNullable<Incident['lie']>): Incident {
  const often = lie.times === 1 ? '' : ' twice';
  return { name: `${lie.mutator}${often} at look #${nth}`, kind: 'stale', moment, lie };
}

function after({ moment, nth, isLast }: Look, kind: Incident['kind']): Incident {
  return { name: `${kind} after look #${nth}`, kind, moment, ...(isLast && { unknowable: true }) };
}

function looksOf(entries: readonly JournalEntry[]): readonly Look[] {
  const looks: Look[] = [];
  const counts: Record<string, number> = {};
  let anchor: Moment['after'];
  let since = 0;
  entries.forEach((entry, at) => {
    const { route } = entry;
    if (route === shipRoute || route === endRoute) {
      counts[route] = (counts[route] ?? 0) + 1;
      anchor = { route, nth: counts[route] };
      since = 0;
    }
    if (!isLook(entry)) return;
    since += 1;
    const moment = {
      client: 'action',
      route: lookRoute,
      nth: since,
      ...(anchor && { after: anchor }),
    } as const;
    const later = entries.slice(at + 1);
    const next = later.find(
      (entry) => entry.route === shipRoute || entry.route === endRoute || isLook(entry),
    );
    const during = later.find((entry) => entry.route === shipRoute || entry.route === endRoute);
    looks.push({
      moment,
      nth: looks.length + 1,
      during: during?.route === endRoute,
      isLast: next?.route === shipRoute,
      isLate: isConfirmed(entries, at),
    });
  });
  return looks;
}

function isLook({ route, headers }: JournalEntry): boolean {
  return route === lookRoute && clientOf(headers) === 'action';
}

/** The end is told by the look before the last record; one more reads what there is to warn of. */
function isConfirmed(entries: readonly JournalEntry[], at: number): boolean {
  const told = entries.findLastIndex(({ route }) => route === 'deployment-statuses.create');
  return !entries.slice(at + 1, told).some(isLook);
}

function ships(entries: readonly JournalEntry[]): readonly Moment[] {
  const all = entries.filter(({ route }) => route === shipRoute);
  return all.map((_, at) => ({ client: 'flyctl', route: shipRoute, nth: at + 1 }));
}

/** What an incident does on a cloud. `came` is told when another deploy has come. */
export function interruptionOf(incident: Incident, cloud: Cloud, came: () => void): Interruption {
  const { moment, kind, lie } = incident;
  const fly = cloud.service(flySeed);
  const also = (act: () => unknown): Interruption =>
    moment.client === 'flyctl'
      ? { moment, before: async () => void (await act()) }
      : { moment, after: (answer) => Promise.resolve(act()).then(() => answer) };
  switch (kind) {
    case 'stale': {
      const mutator = fly.mutators[lie?.mutator ?? 'list-empty'];
      return { moment, times: lie?.times ?? 1, after: mutator };
    }
    case 'another deploy':
      return also(async () => {
        someoneElseDeploys(cloud, tags.v4, { emulator: fly });
        await fly.settled();
        came();
      });
    case 'lost host':
      return also(() => {
        const machine = machinesOf(fly).at(-1);
        return machine && fly.world.fleet.loseHost(machine);
      });
    case 'ended':
      return also(() => {
        const machine = machinesOf(fly).at(-1);
        if (machine?.pid !== undefined) process.kill(machine.pid, 'SIGKILL');
      });
  }
}
