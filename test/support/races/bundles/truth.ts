import type { JournalEntry } from '#local-cloud';
import type { RollbackFleet } from '../../rollback-fleet.ts';
import { older, strange } from '../builds.ts';
import type { Asked } from '../late-github.ts';
import type { Raced, RaceTruth } from '../race.ts';
import type { ClientRun } from '../race-world.ts';
import type { FleetWitness } from './witness.ts';

interface Scene {
  readonly fleet: RollbackFleet;
  readonly witness: FleetWitness;
  readonly epoch: number;
  readonly runs: readonly Raced[];
}

/** What a run is known by to the platform: each has a token of its own. */
export function emailOf(run: Pick<Raced['run'], 'name'>): string {
  return `${run.name.replaceAll(' ', '-')}@example.com`;
}

/** What really happened, by the platform's own list, the witness and the journal. */
export function truthOf(scene: Scene): { readonly world: RaceTruth; readonly asked: readonly Asked[] } {
  const { witness, fleet } = scene;
  const made = madeIn(scene);
  const world: RaceTruth = {
    switches: witness.switches,
    clients: clientsIn(scene),
    story: storyOf(scene),
    get: (version) => {
      const one = made[version - 1];
      if (one === undefined) throw new Error(`There is no v${version}.`);
      return one;
    },
  };
  return { world, asked: askedIn(scene, fleet.stage.cloud.journal.entries()) };
}

/** Fly tells whose token made a release; what it brings back is the oldest one of its image. */
function madeIn({ fleet, runs }: Scene): readonly ReturnType<RaceTruth['get']>[] {
  const { images } = fleet.stage.cloud;
  const digests = fleet.app().releases.map(({ imageRef }) => images.resolve(imageRef)?.digest);
  return fleet.app().releases.map(({ version, user, imageRef }) => {
    const raced = runs.find(({ run }) => emailOf(run) === user.email);
    const name = images.resolve(imageRef)?.env.VERSION ?? '';
    const oldest = digests.indexOf(digests[version - 1]) + 1;
    const asked = raced?.run.asked;
    const isShipped = raced === undefined || (asked?.kind === 'deploy' && name === nameOf(asked.build.image));
    return {
      version,
      maker: raced?.run.name ?? 'an older run',
      build: buildCalled(name, runs),
      ...(isShipped ? {} : { copyOf: oldest }),
    };
  });
}

function nameOf(image: string): string {
  return { a: 'first', b: 'second', c: 'good', d: 'better', e: 'bad' }[image] ?? 'strange';
}

function buildCalled(name: string, runs: readonly Raced[]) {
  const asked = runs.flatMap(({ run }) => (run.asked.kind === 'deploy' ? [run.asked.build] : []));
  return [...older, ...asked].find(({ image }) => nameOf(image) === name) ?? strange;
}

/** Each release is one run of the client; it ends with the last machine that it changed. */
function clientsIn({ fleet, witness, runs, epoch }: Scene): readonly ClientRun[] {
  const creates = fleet.stage.cloud.journal
    .entries()
    .filter(({ route, status }) => route === 'uiex.releases.create' && status !== null && status < 300);
  const before = fleet.app().releases.length - creates.length;
  return creates.map(({ at }, index): ClientRun => {
    const release = fleet.app().releases[before + index];
    const version = release?.version ?? 0;
    const raced = runs.find(({ run }) => emailOf(run) === release?.user.email);
    const own = witness.switches.filter(({ to }) => to === version).map((one) => one.at);
    const startedAt = at - epoch;
    return {
      maker: raced?.run.name ?? 'a stranger',
      version,
      startedAt,
      endedAt: Math.max(startedAt, ...own),
      ...(own[0] !== undefined && { leasedAt: own[0] }),
    };
  });
}

/** Whose record was opened when, by what its payload says. */
function askedIn({ epoch }: Scene, journal: readonly JournalEntry[]): readonly Asked[] {
  return journal
    .filter(({ route }) => route === 'deployments.create')
    .flatMap(({ at, body, route }) => {
      const { payload } = JSON.parse(body);
      const { run, attempt } = typeof payload === 'string' ? JSON.parse(payload) : payload;
      return [{ maker: `run ${run}-${attempt}`, route: route ?? '', at: at - epoch }];
    });
}

function storyOf({ runs, witness, fleet, epoch }: Scene): readonly string[] {
  const told = [
    ...runs.map(({ run, startedAt }) => ({
      at: startedAt,
      line: `${run.name} starts: ${describe(run.asked)}`,
    })),
    ...runs.map(({ run, saidAt, endedAt, said }) => ({
      at: saidAt ?? endedAt,
      line: said === undefined ? `${run.name} is gone` : `${run.name} says ${said.outcome}/${said.reason}`,
    })),
    ...witness.switches.map(({ at, machine, from, to }) => ({ at, line: `${machine}: v${from} → v${to}` })),
    ...fleet.app().releases.map(({ version, user, createdAt, status }) => ({
      at: Date.parse(createdAt) - epoch,
      line: `v${version} by ${user.email}, ${status}`,
    })),
  ];
  return told
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, line }) => `${(at / 1000).toFixed(1).padStart(6)} ${line}`);
}

function describe(asked: Raced['run']['asked']): string {
  return asked.kind === 'deploy' ? `deploys ${nameOf(asked.build.image)}` : 'rolls back';
}
