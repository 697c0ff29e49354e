import type { WireEvent, WireMachine, WireRelease } from '../../packages/core/src/platforms/fly/api/wire.ts';

export const digests = { v1: `sha256:${'1'.repeat(64)}`, v2: `sha256:${'2'.repeat(64)}` };

/** A healthy machine of release v42 running image v1; tests spread the one difference that matters. */
export function aMachine(
  change: Partial<WireMachine> & { version?: string; digest?: string } = {},
): WireMachine {
  const { version = '42', digest = digests.v1, ...fields } = change;
  return {
    id: 'a1',
    state: 'started',
    region: 'iad',
    instance_id: '01J',
    image_ref: { registry: 'registry.fly.io', repository: 'shop', tag: undefined, digest, labels: undefined },
    config: aConfig({
      metadata: { fly_platform_version: 'v2', fly_process_group: 'app', fly_release_version: version },
      services: [aService()],
    }),
    incomplete_config: undefined,
    events: [anEvent({ type: 'start', timestamp: 2 }), anEvent({ type: 'launch', timestamp: 1 })],
    checks: [aCheck()],
    host_status: 'ok',
    cordoned: false,
    created_at: '2026-11-20T10:00:00Z',
    updated_at: '2026-11-21T10:00:00Z',
    ...fields,
  };
}

/** The configuration of a machine: what is not given is not there. */
export function aConfig(change: Partial<WireConfig>): WireConfig {
  const none = { metadata: undefined, services: undefined, checks: undefined, mounts: undefined };
  return { ...none, guest: undefined, standbys: undefined, schedule: undefined, ...change };
}

/** One with a check, that Fly puts to rest while nobody asks it anything. */
export function aService(change: Partial<WireService> = {}): WireService {
  const none = {
    protocol: undefined,
    autostart: undefined,
    autostop: 'stop',
    ports: undefined,
  };
  return { checks: [{ type: 'http' }], ...none, ...change };
}

type WireService = NonNullable<WireConfig['services']>[number];

type WireConfig = NonNullable<WireMachine['config']>;

/** A passing check that reported after the start of `aMachine`. */
export function aCheck(change: Partial<WireCheck> = {}): WireCheck {
  const updated_at = new Date(5).toISOString();
  return { name: 'servicecheck-00-http-8080', status: 'passing', output: 'ok', updated_at, ...change };
}

export type WireCheck = NonNullable<WireMachine['checks']>[number];

export function anEvent(change: Partial<WireEvent> = {}): WireEvent {
  return { type: 'start', status: 'started', timestamp: 1, request: undefined, ...change };
}

export function anExit(
  code: number,
  change: { restarting?: boolean; requested?: boolean; restarts?: number; oom?: boolean } = {},
): WireEvent {
  return anEvent({
    type: 'exit',
    status: 'stopped',
    timestamp: 3,
    request: {
      restart_count: change.restarts ?? 0,
      exit_event: {
        exit_code: code,
        requested_stop: change.requested ?? false,
        restarting: change.restarting ?? false,
        oom_killed: change.oom ?? false,
        signal: undefined,
      },
      MonitorEvent: undefined,
    },
  });
}

export function aWireRelease(version: number, change: Partial<WireRelease> = {}): WireRelease {
  return {
    id: `rel_${version}`,
    version,
    status: 'complete',
    imageRef: `registry.fly.io/shop@${digests.v1}`,
    createdAt: '2026-11-21T09:00:00Z',
    description: 'Release',
    user: { email: 'a@b.c' },
    ...change,
  };
}
