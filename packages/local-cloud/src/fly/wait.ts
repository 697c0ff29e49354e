import type { CloudClock } from '../clock.ts';
import type { Machine, MachineState } from './machine.ts';
import { Refusal } from './refusal.ts';

const waitable = ['started', 'stopped', 'suspended', 'destroyed', 'failed', 'settled'];
const settled: readonly MachineState[] = ['started', 'stopped', 'suspended', 'destroyed'];

export interface WaitQuery {
  readonly states: readonly string[];
  readonly timeoutSeconds: number;
  readonly instance: string | undefined;
}

export function parseWait(search: URLSearchParams): WaitQuery {
  const states = search.getAll('state');
  const timeoutSeconds = Number(search.get('timeout') ?? 60);
  if (!(timeoutSeconds >= 1 && timeoutSeconds <= 60)) {
    throw new Refusal(400, 'invalid_argument: timeout must be between 1 and 60 seconds');
  }
  const unknown = states.find((state) => !waitable.includes(state));
  if (unknown !== undefined) throw new Refusal(400, `invalid_argument: unknown state '${unknown}'`);
  const instance = search.get('version') ?? search.get('instance_id') ?? undefined;
  return { states: states.length > 0 ? states : ['started'], timeoutSeconds, instance };
}

/** Holds the request until the machine is in a wanted state; 408 when the time is over, so that clients ask again. */
export async function waitFor(
  machine: Machine,
  query: WaitQuery,
  door: { clock: CloudClock; gone: AbortSignal },
): Promise<void> {
  if (isMet(machine, query)) return;
  const decided = new AbortController();
  let met = false;
  const unwatch = machine.watch(() => {
    met ||= isMet(machine, query);
    if (met || machine.state === 'destroyed') decided.abort();
  });
  if (machine.state === 'destroyed') decided.abort();
  const deadline = door.clock.now() + query.timeoutSeconds * 1000;
  await door.clock.until(deadline, AbortSignal.any([decided.signal, door.gone]));
  unwatch();
  if (met) return;
  if (machine.state === 'destroyed') throw new Refusal(404, 'machine not found');
  throw new Refusal(408, 'deadline_exceeded: machine did not reach the wanted state in time');
}

function isMet(machine: Machine, query: WaitQuery): boolean {
  if (query.instance !== undefined && query.instance !== machine.instanceId) return false;
  return query.states.some((state) =>
    state === 'settled' ? settled.includes(machine.state) : state === machine.state,
  );
}
