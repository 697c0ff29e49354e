import type { Machine } from './machine.ts';
import type { FlyApp } from './model.ts';

/** Where the proxy sends the next request of an app: a started machine with all checks passing, in turn. */
export function nextPort(app: FlyApp): number | undefined {
  const ready = [...app.machines.values()].filter(takesTraffic);
  if (ready.length === 0) return undefined;
  app.turn += 1;
  return ready[app.turn % ready.length]?.port;
}

export function takesTraffic(machine: Machine): boolean {
  const serves = (machine.config.services ?? []).length > 0;
  const healthy = machine.checks.every(({ status }) => status === 'passing');
  return machine.port !== undefined && machine.state === 'started' && serves && healthy && !machine.cordoned;
}
