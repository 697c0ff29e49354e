import type { InstanceHealth, Missing, PlatformFailure } from '../../platform.ts';
import type { FlyApi } from '../api/api.ts';
import type { WireMachine } from '../api/wire.ts';
import { conditionOf, describeExit, exitOf, type MachineCondition } from './condition.ts';
import {
  appMachines,
  configOf,
  digestOfMachine,
  isHostLost,
  machineRelease,
  servingMachines,
} from './fleet.ts';
import { isIdle, isStandby, startsForRequests } from './idle.ts';
import { isDown, partName } from './parts.ts';
import { type FleetScope, inScope } from './scope.ts';

const logLines = 100;
/** A fleet that fails mostly fails alike, and each machine's log is a request. */
const machinesAtMost = 4;

/** The platform's own judgement of every serving machine, without their logs. */
export function evidenceOf(machines: readonly WireMachine[], nowMs: number): readonly InstanceHealth[] {
  return servingMachines(machines).map((machine): InstanceHealth => {
    if (isHostLost(machine)) {
      const note = `its host is ${machine.host_status}`;
      return { instance: machine.id, healthy: 'unknown', outOfSight: true, note };
    }
    const condition = conditionOf(machine, nowMs);
    const isWaiting = isIdle(machine) && isStandby(machine);
    return {
      instance: machine.id,
      healthy: condition.kind === 'pending' ? 'unknown' : condition.kind === 'healthy',
      note: isWaiting ? `a standby, ${machine.state} until the host of another is lost` : condition.note,
      atRest: isIdle(machine),
      ...(isWaiting ? { standby: true } : {}),
      ...(staysDown(machine) ? { missingFrom: partName(machine) } : {}),
      takesRequests: machine.config === undefined || (machine.config.services ?? []).length > 0,
      checks: machine.checks?.length ?? 0,
    };
  });
}

/** Whether nothing but a hand starts it: it ended by itself, or rests where neither a request nor a schedule wakes it. */
function staysDown(machine: WireMachine): boolean {
  if (isStandby(machine)) return false;
  if (isDown(machine)) return true;
  return isIdle(machine) && !startsForRequests(machine) && configOf(machine)?.schedule === undefined;
}

/** Whose evidence is wanted, and when. */
export interface EvidenceRequest {
  readonly app: string;
  readonly scope: FleetScope;
  /** Only its machines; every one when absent. */
  readonly release: string | undefined;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

/**
 * What a person would look at: checks, newest exit and last 100 log lines of the first four machines of the release
 * that are not healthy; of its machines at all when Fly finds nothing wrong with them and the smoke checks do.
 */
export async function evidenceOfFailure(
  api: FlyApi,
  { app, scope, release, nowMs }: EvidenceRequest,
): Promise<readonly string[]> {
  // Of what is out of sight nothing is known but old news.
  const serving = inScope(appMachines(await api.machines(app)), scope).filter(
    (machine) => !isHostLost(machine),
  );
  const ours = serving.filter((machine) => release === undefined || machineRelease(machine) === release);
  const judged = ours.map((machine) => ({ machine, condition: conditionOf(machine, nowMs) }));
  const failing = judged.filter(({ condition }) => condition.kind !== 'healthy');
  // Nothing was made and nothing fails: the machines have no part in it.
  if (release === undefined && failing.length === 0) return [];
  const told = failing.length > 0 ? failing : judged;
  const parts = await Promise.all(told.slice(0, machinesAtMost).map((one) => describeMachine(api, app, one)));
  const left = told.length - machinesAtMost;
  return [...parts.flat(), ...(left > 0 ? [`and ${left} more ${left === 1 ? 'machine' : 'machines'}`] : [])];
}

export interface JudgedMachine {
  readonly machine: WireMachine;
  readonly condition: MachineCondition;
}

/** State, checks, newest exit and log of one machine. */
export async function describeMachine(
  api: FlyApi,
  app: string,
  { machine, condition }: JudgedMachine,
): Promise<readonly string[]> {
  const logs = await api
    .logs(app, machine.id)
    .catch((error: Error) => [`logs could not be read: ${error.message}`]);
  const exit = machine.events?.find((event) => event.type === 'exit');
  const detail = exitOf(exit);
  const { note } = condition;
  const state = note.startsWith(machine.state) ? note : `${machine.state}, ${note}`;
  return [
    `machine ${machine.id} (${machineRelease(machine) ?? 'unmarked'}, ${machine.region ?? 'unknown region'}): ${state}`,
    // One that was asked for ended the version before this one.
    ...(detail === undefined || detail.requested_stop === true
      ? []
      : [`  last exit: ${describeExit(detail, exit?.request?.restart_count ?? 0)}`]),
    ...(machine.checks ?? []).map((check) =>
      `  check ${check.name}: ${check.status} ${check.output ?? ''}`.trimEnd(),
    ),
    `  last ${Math.min(logs.length, logLines)} log lines:`,
    ...logs.slice(-logLines).map((line) => `    ${line}`),
  ];
}

/** A machine that crashed for good, as what ended the deploy. */
export function crashFailure(machine: WireMachine, { note }: MachineCondition): PlatformFailure {
  return {
    reason: 'crashed',
    what: `machine ${machine.id} of ${machineRelease(machine) ?? 'no release'} ${note}`,
    next: 'Read the machine’s log above and fix the crash.',
  };
}

/** How a fleet stands against the release it should run. */
export type FleetVerdict =
  | { readonly kind: 'settled'; readonly note: string }
  /** `incomplete`: all there is is well, and not all that is owed is there. */
  | {
      readonly kind: 'pending';
      readonly note: string;
      readonly incomplete?: true;
      readonly missing?: readonly Missing[];
    }
  /** Not one machine can be seen, so nothing is known of the release. */
  | { readonly kind: 'out-of-sight'; readonly note: string }
  | { readonly kind: 'failed'; readonly failure: PlatformFailure };

/** What a fleet is judged by. */
export interface FleetWanted {
  readonly release: WantedRelease;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** Whether a machine is down from before, and is about to be started: its end is not this release's. */
  isYetToStart(machine: WireMachine): boolean;
}

/**
 * Every serving machine in sight runs the wanted release, and every one is healthy. A machine of the release that runs
 * another image than it should will not become right by waiting.
 */
export function judgeFleet(machines: readonly WireMachine[], wanted: FleetWanted): FleetVerdict {
  const { release, nowMs } = wanted;
  const all = servingMachines(machines);
  const serving = all.filter((machine) => !isHostLost(machine));
  if (serving.length === 0 && all.length > 0)
    return { kind: 'out-of-sight', note: `the hosts of all ${all.length} machines do not answer` };
  const other = serving.find((machine) => isMarked(machine, release) && !hasImage(machine, release));
  if (other !== undefined) return { kind: 'failed', failure: wrongImage(other, release) };
  const conditions = serving
    .filter((machine) => !wanted.isYetToStart(machine))
    .map((machine) => ({ machine, condition: conditionOf(machine, nowMs) }));
  const crashed = conditions.find(
    ({ machine, condition }) => condition.kind === 'crashed' && isMarked(machine, release),
  );
  if (crashed !== undefined) {
    return { kind: 'failed', failure: crashFailure(crashed.machine, crashed.condition) };
  }
  if (serving.length === 0) return { kind: 'pending', note: 'no machine yet' };
  const elsewhere = serving.filter((machine) => !isMarked(machine, release));
  if (elsewhere.length > 0) {
    return {
      kind: 'pending',
      note: `${elsewhere.length} of ${serving.length} machines do not run ${release.id} yet`,
    };
  }
  const waiting = conditions.filter(({ condition }) => condition.kind !== 'healthy');
  const [first] = waiting;
  if (first === undefined)
    return { kind: 'settled', note: `${conditions.length} of ${serving.length} machines healthy` };
  return { kind: 'pending', note: `machine ${first.machine.id}: ${first.condition.note}` };
}

export interface WantedRelease {
  readonly id: string;
  /** Digest every machine must run; undefined while it is not known (a source build). */
  readonly artifact?: string | undefined;
}

function isMarked(machine: WireMachine, { id }: WantedRelease): boolean {
  return machineRelease(machine) === id;
}

function hasImage(machine: WireMachine, { artifact }: WantedRelease): boolean {
  const digest = digestOfMachine(machine);
  return artifact === undefined || digest === undefined || digest === artifact;
}

function wrongImage(machine: WireMachine, { id, artifact }: WantedRelease): PlatformFailure {
  return {
    reason: 'wrong-image',
    what: `machine ${machine.id} of ${id} runs ${digestOfMachine(machine)}, and ${artifact} was asked for`,
    why: 'the client shipped another image than it was told to, or a tag was moved in the middle',
    next: 'See which image the client named in its output above, and deploy by digest.',
  };
}
