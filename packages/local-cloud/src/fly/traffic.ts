import type { Upstream } from '../service.ts';
import type { FlyApp, Machine } from './machine.ts';
import { httpsService } from './machine-config.ts';

/**
 * Where the proxy sends the next request of an app: to a started machine with all checks passing, in turn. Where one
 * refuses the connection it tries the next; where all do, the request fails.
 */
export function nextUpstream(app: FlyApp): Upstream {
  const ready = [...app.machines.values()].filter(takesTraffic);
  if (ready.length === 0) return { kind: 'nothing' };
  app.turn += 1;
  const open = ready.filter(listensForTraffic);
  const { port } = open[app.turn % open.length] ?? {};
  return port === undefined ? { kind: 'refused' } : { kind: 'app', port };
}

export function takesTraffic(machine: Machine): boolean {
  const serves = httpsService(machine.config) !== undefined;
  const healthy = machine.checks.every(({ status }) => status === 'passing');
  return machine.port !== undefined && machine.state === 'started' && serves && healthy && !machine.cordoned;
}

/** The process listens on one port of its own, whatever the service says. */
function listensForTraffic({ config, innerPort }: Machine): boolean {
  return httpsService(config)?.internal_port === innerPort;
}
