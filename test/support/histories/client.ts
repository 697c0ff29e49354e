import type { Build } from './build.ts';
import { owedIn } from './fleet.ts';
import type { Made, NumberedWorld } from './numbered-world.ts';
import type { RunProcess } from './run-process.ts';
import type { Effect } from './script.ts';

export interface Order {
  readonly maker: string;
  readonly build: Build;
  readonly imageRef: string;
  readonly copyOf?: number;
  /** The machines that are there, and no others. */
  readonly updateOnly?: boolean;
}

export interface ClientEnd {
  readonly made?: Made;
  readonly failure?: string;
}

/** Machines can be made now. */
export function hasRoom({ world, clock }: Pick<RunProcess, 'world' | 'clock'>): boolean {
  return clock.monotonic() >= world.noRoomUntil;
}

/**
 * The platform's own client: makes a release, then what is missing of a group, then updates one machine after the
 * other. It starts nothing that is down.
 */
export function deployBy(order: Order, effect: Effect, process: RunProcess): ClientEnd {
  const { world } = process;
  if (effect === 'makes-nothing') return { failure: 'it could not be built' };
  const made = world.make(order);
  const end = (failure?: string): ClientEnd => {
    made.status = failure === undefined ? 'complete' : 'failed';
    return failure === undefined ? { made } : { made, failure };
  };
  if (effect === 'fails-before') return end('the first machine refused its update');
  const isMissing =
    order.build.hasWorker && order.updateOnly !== true && !world.fleet.machines.some(isWorker);
  if (isMissing && !hasRoom(process)) return end('no room for a machine of worker');
  const share = effect === 'fails-halfway' || effect === 'hangs-halfway' ? 'half' : 'all';
  const { version } = made;
  world.change(`  v${version} on ${share} machines`, (fleet) => {
    if (isMissing && share === 'all') fleet.add('worker', version);
    fleet.update(version, order.build, share);
  });
  return end(effect === 'done' || effect === 'lost-after' ? undefined : 'a machine did not come up');
}

/** What somebody else's run does, whole or half; one that verified has started what was down. */
export function deployElsewhere(
  world: NumberedWorld,
  order: Omit<Order, 'updateOnly'>,
  how: { readonly share: 'all' | 'half'; readonly isWhole: boolean },
): Made {
  const made = world.make(order);
  world.change(`v${made.version} on ${how.share} machines`, (fleet) => {
    fleet.update(made.version, order.build, how.share);
    if (!how.isWhole) return;
    for (const { id, state } of fleet.machines) if (state === 'ended') fleet.start(id);
    if (order.build.hasWorker && owedIn(fleet.machines, 'worker') === 0) fleet.add('worker', made.version);
  });
  made.status = how.share === 'all' ? 'complete' : 'running';
  return made;
}

function isWorker({ group }: { readonly group: string }): boolean {
  return group === 'worker';
}
