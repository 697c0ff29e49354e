import type { WireEvent, WireExit, WireMachine } from '../api/wire.ts';

/** How one machine is doing. `pending` may still become any of the others. */
export interface MachineCondition {
  readonly kind: 'healthy' | 'pending' | 'crashed' | 'failing';
  readonly note: string;
}

/** One that crashed and came back is believed when it has lived longer than the time before; no longer than this. */
const longestProofMs = 60_000;

/** Without checks a process is believed when it has lived this long, milliseconds: flyctl's own window. */
const provenAfterMs = 10_000;

/**
 * Judges a machine by its newest exit, its state and its checks. A machine at rest is healthy when it was asked to
 * stop (autostop), or was at rest before the deploy, since flyctl updates those without starting them.
 */
export function conditionOf(machine: WireMachine, nowMs: number): MachineCondition {
  const ended = endOf(machine);
  if (ended !== undefined) return ended;
  switch (machine.state) {
    case 'started':
      return runningCondition(machine, nowMs);
    case 'stopped':
    case 'suspended':
      return { kind: 'healthy', note: `${machine.state} on purpose` };
    case 'failed':
    case 'launch_failed':
      return { kind: 'crashed', note: `state ${machine.state}` };
    default:
      return { kind: 'pending', note: `state ${machine.state}` };
  }
}

/** What the end of a process means that nobody asked for; undefined when it runs, or was told to stop. */
function endOf(machine: WireMachine): MachineCondition | undefined {
  // An update after the exit: the process that ended was of an older release.
  const last = machine.events?.find(({ type }) => ['exit', 'start', 'launch', 'update'].includes(type));
  const exit = exitOf(last);
  if (last?.type !== 'exit' || exit === undefined || exit.requested_stop === true) return undefined;
  const restarts = last.request?.restart_count ?? 0;
  const note = describeExit(exit, restarts);
  if (exit.exit_code === 0) {
    if (exit.restarting === true) return { kind: 'pending', note };
    // Fly starts it again when it is due.
    if (machine.config?.schedule !== undefined)
      return { kind: 'healthy', note: 'ended, as scheduled ones do' };
    return { kind: 'crashed', note: 'exited by itself with code 0' };
  }
  return { kind: exit.restarting === true && restarts <= 1 ? 'pending' : 'crashed', note };
}

function runningCondition(machine: WireMachine, nowMs: number): MachineCondition {
  const checks = machine.checks ?? [];
  const startedMs = machine.events?.find(({ type }) => type === 'start')?.timestamp ?? 0;
  // A check that was last updated before the start speaks of the process before this one.
  const reported = checks.filter(
    ({ updated_at: updated }) => updated === undefined || !(Date.parse(updated) < startedMs),
  );
  const failing = reported.filter(({ status }) => status !== 'passing');
  const relapse = relapseOf(machine.events ?? [], nowMs);
  const isWell = failing.length === 0 && reported.length === checks.length;
  // flyctl's own rule for its first ten seconds: one crash may be bad luck, the second is a loop.
  if (relapse !== undefined && relapse.restarts > 1 && !isWell)
    return { kind: 'crashed', note: relapse.told };
  if (failing.length > 0) {
    return { kind: 'failing', note: failing.map(({ name, status }) => `${name} is ${status}`).join(', ') };
  }
  if (relapse !== undefined) {
    const seconds = Math.ceil(relapse.proofMs / 1000);
    return { kind: 'pending', note: `${relapse.told}, and started again less than ${seconds} s ago` };
  }
  if (checks.length === 0 && !hasChecks(machine)) return unchecked(nowMs - startedMs);
  if (reported.length === 0) return { kind: 'pending', note: 'no check has reported yet' };
  const note = `started, ${reported.length} of ${checks.length} checks passing`;
  return { kind: reported.length === checks.length ? 'healthy' : 'pending', note };
}

/** A crash that the process running now has not yet outlived. */
interface Relapse {
  readonly restarts: number;
  readonly told: string;
  /** How long it has to live to be believed, milliseconds. */
  readonly proofMs: number;
}

/** A process that ended by itself in this release will end again, unless it proves better this time. */
function relapseOf(events: readonly WireEvent[], nowMs: number): Relapse | undefined {
  const placed = events.findIndex(({ type }) => type === 'launch' || type === 'update');
  const ofRelease = placed < 0 ? events : events.slice(0, placed);
  const ended = ofRelease.findIndex(isCrash);
  const start = ofRelease.slice(0, Math.max(0, ended)).findLast(({ type }) => type === 'start');
  const end = ofRelease[ended];
  const exit = exitOf(end);
  if (end === undefined || exit === undefined || start === undefined) return undefined;
  const before = ofRelease.slice(ended).find(({ type }) => type === 'start');
  const livedMs = before === undefined ? 0 : end.timestamp - before.timestamp;
  const proofMs = Math.min(longestProofMs, Math.max(provenAfterMs, livedMs * 1.2));
  if (nowMs - start.timestamp >= proofMs) return undefined;
  const restarts = end.request?.restart_count ?? 0;
  return { restarts, told: describeExit(exit, restarts), proofMs };
}

function isCrash(event: WireEvent): boolean {
  const exit = exitOf(event);
  return event.type === 'exit' && exit !== undefined && exit.requested_stop !== true;
}

function unchecked(ageMs: number): MachineCondition {
  if (ageMs >= provenAfterMs) return { kind: 'healthy', note: 'started, 0 of 0 checks passing' };
  return { kind: 'pending', note: `started less than ${provenAfterMs / 1000} s ago, and has no checks` };
}

function hasChecks(machine: WireMachine): boolean {
  const { services, checks } = machine.config ?? {};
  return (
    Object.keys(checks ?? {}).length > 0 ||
    (services ?? []).some((service) => (service.checks ?? []).length > 0)
  );
}

/** What an event tells of the end of a process. */
export function exitOf(event: WireEvent | undefined): WireExit | undefined {
  return event?.request?.exit_event ?? event?.request?.MonitorEvent?.exit_event;
}

/** `exited with code 137 (out of memory), restart 3`. */
export function describeExit(exit: WireExit, restarts: number): string {
  const why = exit.oom_killed === true ? ' (out of memory)' : '';
  return `exited with code ${exit.exit_code ?? 'unknown'}${why}, restart ${restarts}`;
}
