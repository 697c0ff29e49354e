import { systemClock } from '../clock.ts';
import type { Ports } from '../ports.ts';
import type { Runner } from '../runner/runner.ts';

/** The real doors, for one action. */
export function openDoors(name: string, runner: Runner, signal: AbortSignal): Ports {
  return { runner, clock: systemClock, signal, ...netDoors(name) };
}

function netDoors(name: string): Pick<Ports, 'http' | 'tools'> {
  const absent = () => Promise.reject(new Error(`${name}: this door is not built yet`));
  return { http: { request: absent, download: absent }, tools: { run: absent } };
}
