import type { AppConfig } from './config-file.ts';
import { ofGroup } from './process-groups.ts';
import { services } from './services.ts';
import { version } from './version.ts';

type Json = Record<string, unknown>;

export interface Release {
  readonly id: string;
  readonly version: number;
  readonly image: string;
}

/** What the Machines API keeps of a machine; what is not named here stays as it was. */
export interface MachineConfig extends Json {
  readonly guest?: unknown;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly services?: readonly { readonly checks?: readonly MachineCheck[] }[];
  readonly checks?: Readonly<Record<string, MachineCheck>>;
  readonly mounts?: readonly MachineMount[];
  readonly standbys?: readonly string[];
}

export interface MachineMount {
  readonly volume?: string;
  readonly name?: string;
  readonly path?: string;
}

interface MachineCheck {
  readonly port?: number;
  readonly interval?: string;
  readonly grace_period?: string;
}

export const defaultGuest: Json = { cpu_kind: 'shared', cpus: 1, memory_mb: 256 };

/** The config of a machine of a group, as flyctl derives it from fly.toml and from what the machine had. */
export function machineConfig(
  config: AppConfig,
  group: string,
  what: { readonly release: Release; readonly before: MachineConfig },
): MachineConfig {
  const { release, before } = what;
  const own = ofGroup(config, group);
  const { restart, kill_signal: signal, kill_timeout: timeout } = own;
  const served = services(own);
  const command = config.processes?.[group] ?? '';
  return {
    ...before,
    env: environment(config, group),
    init: command === '' ? {} : { cmd: command.split(/\s+/) },
    metadata: { ...before.metadata, ...metadata(group, release) },
    services: served.length > 0 ? served : undefined,
    checks: own.checks === undefined ? undefined : machineChecks(own.checks, own.http_service?.internal_port),
    mounts: own.mounts === undefined ? undefined : before.mounts,
    image: release.image,
    restart: restartPolicy(restart?.at(-1)),
    stop_config:
      signal === undefined && timeout === undefined ? undefined : { timeout: goDuration(timeout), signal },
  } as MachineConfig;
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

/** The machine as it was, marked as being of this release: secrets reach it, and nothing else changes. */
export function restartConfig(before: MachineConfig, release: Release): MachineConfig {
  const group = before.metadata?.fly_process_group ?? 'app';
  // Go writes these two, whether they were there or not.
  const list = before.services?.map((service) => ({ ...service, force_instance_key: null }));
  return {
    ...before,
    init: before.init ?? {},
    ...(list === undefined ? {} : { services: list }),
    metadata: { ...before.metadata, ...metadata(group, release) },
  };
}

/** What the release keeps: fly.toml with `-e` merged and durations spelled out. */
export function definitionOf(config: AppConfig): Json {
  const { kill_timeout: timeout } = config;
  return { ...config, ...(timeout === undefined ? {} : { kill_timeout: goDuration(timeout) }) };
}

export function hasChecks(config: MachineConfig): boolean {
  return checksOf(config).length > 0;
}

export function checksOf({ services: list = [], checks = {} }: MachineConfig): MachineCheck[] {
  return [...Object.values(checks), ...list.flatMap((service) => service.checks ?? [])];
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

/** The API's word for `never` is `no`; no retries are left to its default of ten. */
function restartPolicy(restart: NonNullable<AppConfig['restart']>[number] | undefined): Json | undefined {
  if (restart === undefined) return undefined;
  const { policy, retries } = restart;
  return {
    policy: policy === 'never' ? 'no' : policy,
    ...(retries === undefined || retries === 0 ? {} : { max_retries: retries }),
  };
}

/** A check that names no port asks that of `[http_service]`. */
function machineChecks(
  checks: NonNullable<AppConfig['checks']>,
  port: number | undefined,
): Record<string, MachineCheck> {
  return Object.fromEntries(
    Object.entries(checks).map(([name, { processes: _, ...check }]) => [
      name,
      { ...(port === undefined ? {} : { port }), ...check },
    ]),
  );
}

function goDuration(value: number | string | undefined): string | undefined {
  return typeof value === 'number' ? `${value}s` : value;
}
