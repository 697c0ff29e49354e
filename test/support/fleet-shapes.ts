import type { AppSeed } from '../../packages/local-cloud/src/fly/seed.ts';

const checks = [{ type: 'http', interval: '1s', timeout: '2s', path: '/healthz' }] as const;
const ports = [
  { port: 80, handlers: ['http'] },
  { port: 443, handlers: ['http', 'tls'] },
] as const;
const service = { protocol: 'tcp', internal_port: 8080, ports, checks };
const http = { internal_port: 8080, checks: [{ interval: '1s', timeout: '2s', path: '/healthz' }] };

/** Pages by `web` and work by `worker`, each in two regions; fly.toml as JSON says the same. */
export const twoGroups: Omit<AppSeed, 'name' | 'image'> = {
  machines: 0,
  groups: {
    web: { machines: 2, config: { services: [service] } },
    worker: { machines: 2, config: { init: { cmd: ['work'] } } },
  },
  regions: ['iad', 'fra'],
  definition: {
    app: 'shop',
    primary_region: 'iad',
    processes: { web: '', worker: 'work' },
    http_service: { ...http, processes: ['web'] },
  },
};

/** Two machines that Fly stops when nobody asks them anything, down to none, and starts when somebody does. */
export const sleepy: Omit<AppSeed, 'name' | 'image'> = {
  config: {
    services: [{ ...service, autostop: 'stop', autostart: true, min_machines_running: 0 }],
  },
  definition: {
    app: 'shop',
    primary_region: 'iad',
    http_service: {
      ...http,
      auto_stop_machines: 'stop',
      auto_start_machines: true,
      min_machines_running: 0,
    },
  },
};

/** Two machines that nothing starts by itself. */
export const switchedOff: Omit<AppSeed, 'name' | 'image'> = {
  config: { services: [{ ...service, autostart: false }] },
  definition: { app: 'shop', primary_region: 'iad', http_service: { ...http, auto_start_machines: false } },
};

/** fly.toml as JSON of an app with pages, an interface and work. */
export const threeGroups = {
  app: 'shop',
  primary_region: 'iad',
  processes: { web: '', api: '', worker: 'work' },
  http_service: { ...http, processes: ['web', 'api'] },
};
