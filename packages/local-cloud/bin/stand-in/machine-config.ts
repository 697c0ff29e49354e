import type { AppConfig } from './config-file.ts';
import { version } from './version.ts';

type Json = Record<string, unknown>;

export interface Release {
  readonly id: string;
  readonly version: number;
  readonly image: string;
}

export const defaultGuest: Json = { cpu_kind: 'shared', cpus: 1, memory_mb: 256 };

/** The config of a machine of the app group, as flyctl derives it from fly.toml. */
export function appMachineConfig(config: AppConfig, release: Release, guest: unknown): Json {
  const { restart, kill_signal: signal, kill_timeout: timeout } = config;
  const [policy] = restart ?? [];
  return {
    env: environment(config, 'app'),
    init: {},
    guest: guest ?? defaultGuest,
    metadata: metadata('app', release),
    ...(hasServices(config) ? { services: services(config) } : {}),
    ...(config.checks === undefined ? {} : { checks: config.checks }),
    image: release.image,
    ...(policy === undefined ? {} : { restart: { policy: policy.policy, max_retries: policy.retries } }),
    ...(signal === undefined && timeout === undefined
      ? {}
      : { stop_config: { timeout: goDuration(timeout), signal } }),
  };
}

/** The one-shot machine of a release command: no services, no checks, gone once it has ended. */
export function releaseCommandConfig(config: AppConfig, release: Release, guest: unknown): Json {
  const group = 'fly_app_release_command';
  return {
    env: { ...environment(config, group), RELEASE_COMMAND: '1' },
    init: { cmd: (config.deploy?.release_command ?? '').split(/\s+/) },
    guest: guest ?? defaultGuest,
    metadata: metadata(group, release),
    image: release.image,
    auto_destroy: true,
    restart: { policy: 'no' },
    dns: { skip_registration: true },
  };
}

/** What the release keeps: fly.toml with `-e` merged and durations spelled out. */
export function definitionOf(config: AppConfig): Json {
  const { kill_timeout: timeout } = config;
  return { ...config, ...(timeout === undefined ? {} : { kill_timeout: goDuration(timeout) }) };
}

export function hasChecks(config: Json): boolean {
  const { services: list, checks } = config as { services?: { checks?: unknown[] }[]; checks?: object };
  return (
    (list ?? []).some((service) => (service.checks ?? []).length > 0) || Object.keys(checks ?? {}).length > 0
  );
}

function hasServices(config: AppConfig): boolean {
  return config.http_service !== undefined || (config.services ?? []).length > 0;
}

function environment(config: AppConfig, group: string): Record<string, string> {
  const { primary_region: region, env } = config;
  return { ...env, FLY_PROCESS_GROUP: group, ...(region === undefined ? {} : { PRIMARY_REGION: region }) };
}

function metadata(group: string, release: Release): Record<string, string> {
  return {
    fly_flyctl_version: version,
    fly_platform_version: 'v2',
    fly_process_group: group,
    fly_release_id: release.id,
    fly_release_version: String(release.version),
  };
}

function services(config: AppConfig): Json[] {
  const list = (config.services ?? []).map(tcpService);
  return config.http_service === undefined ? list : [httpService(config.http_service), ...list];
}

function httpService(service: NonNullable<AppConfig['http_service']>): Json {
  const { force_https: forceHttps, concurrency, checks } = service;
  return {
    protocol: 'tcp',
    internal_port: service.internal_port,
    ...scaling(service),
    ports: [
      { port: 80, handlers: ['http'], ...(forceHttps === true ? { force_https: true } : {}) },
      { port: 443, handlers: ['http', 'tls'] },
    ],
    ...(checks === undefined ? {} : { checks: checks.map((check) => machineCheck('http', check)) }),
    ...(concurrency === undefined ? {} : { concurrency }),
    force_instance_key: null,
  };
}

function tcpService(service: Json): Json {
  const {
    protocol,
    internal_port,
    ports,
    concurrency,
    tcp_checks: tcp,
    http_checks: http,
  } = service as {
    [name: string]: unknown;
    tcp_checks?: Json[];
    http_checks?: Json[];
  };
  const checks = [
    ...(tcp ?? []).map((check) => machineCheck('tcp', check)),
    ...(http ?? []).map((check) => machineCheck('http', check)),
  ];
  return {
    protocol: protocol ?? 'tcp',
    internal_port,
    ...scaling(service),
    ports,
    ...(checks.length > 0 ? { checks } : {}),
    ...(concurrency === undefined ? {} : { concurrency }),
    force_instance_key: null,
  };
}

function scaling(service: Json): Json {
  const { auto_stop_machines: stop, auto_start_machines: start, min_machines_running: least } = service;
  return {
    ...(stop === undefined ? {} : { autostop: stop === 'stop' ? true : stop === 'off' ? false : stop }),
    ...(start === undefined ? {} : { autostart: start }),
    ...(least === undefined ? {} : { min_machines_running: least }),
  };
}

function machineCheck(type: 'http' | 'tcp', { headers, ...check }: Json): Json {
  const listed = Object.entries(Object(headers)).map(([name, value]) => ({ name, values: [value] }));
  return { type, ...check, ...(listed.length > 0 ? { headers: listed } : {}) };
}

function goDuration(value: number | string | undefined): string | undefined {
  return typeof value === 'number' ? `${value}s` : value;
}
