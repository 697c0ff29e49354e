import { systemClock } from '../clock.ts';
import { createHttp } from '../http/create-http.ts';
import type { Ports } from '../ports.ts';
import { createTools } from '../process/create-tools.ts';
import type { Runner } from '../runner/runner.ts';

/** The real doors, for one action. */
export function openDoors(name: string, runner: Runner, signal: AbortSignal): Ports {
  const clock = systemClock;
  return {
    runner,
    clock,
    signal,
    http: createHttp({ clock, env: runner.env, userAgent: `belay/${name}` }),
    // The runner neutralises whatever it prints.
    tools: createTools({ clock, print: (line) => runner.info(line) }),
  };
}
