import type { FlySize } from '../machines/size.ts';

/** How flyctl is told to build; absent parts are left to fly.toml. */
export interface FlyBuild {
  /** Absolute. */
  readonly dockerfile?: string;
  readonly target?: string;
  /** The one thing flyctl takes only on its command line, where other processes of the machine may read it. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly builder?: FlyBuilder;
}

/** `depot`: Fly's present builder; `fly`: a builder machine in the organization; `local`: the runner's own Docker. */
export type FlyBuilder = keyof typeof builders;

const builders = {
  depot: ['--remote-only', '--depot=true'],
  fly: ['--remote-only', '--depot=false'],
  buildkit: ['--buildkit'],
  nixpacks: ['--nixpacks'],
  local: ['--local-only'],
} as const;

export const flyBuilders = Object.keys(builders) as readonly FlyBuilder[];

/** What the release's machines are to be; absent parts are left to fly.toml. */
export interface FlyMachines {
  readonly env?: Readonly<Record<string, string>>;
  readonly primaryRegion?: string;
  /** False: one machine for each group that has none yet, and no spare. */
  readonly ha?: boolean;
  readonly releaseCommandTimeoutMs?: number;
  /** Heeded for machines that are made by this deploy, and by the release command's. */
  readonly size?: FlySize;
  /** The first deploy gives the app no address that the internet can reach. */
  readonly private?: boolean;
}

export function buildFlags({ dockerfile, target, secrets = {}, builder }: FlyBuild): readonly string[] {
  return [
    ...option('--dockerfile', dockerfile),
    ...option('--build-target', target),
    ...Object.entries(secrets).flatMap(([name, value]) => ['--build-secret', `${name}=${value}`]),
    ...(builder === undefined ? [] : builders[builder]),
  ];
}

export function machineFlags(machines: FlyMachines): readonly string[] {
  const { env = {}, primaryRegion, ha, releaseCommandTimeoutMs, size = {} } = machines;
  const seconds =
    releaseCommandTimeoutMs === undefined ? undefined : Math.ceil(releaseCommandTimeoutMs / 1000);
  return [
    ...Object.entries(env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...option('--primary-region', primaryRegion),
    ...(ha === false ? ['--ha=false'] : []),
    ...option('--release-command-timeout', seconds === undefined ? undefined : `${seconds}s`),
    ...option('--vm-size', size.preset),
    ...option('--vm-memory', size.memoryMb),
    ...option('--vm-cpus', size.cpus),
    ...option('--vm-cpu-kind', size.cpuKind),
    ...(machines.private === true ? ['--no-public-ips'] : []),
  ];
}

/** The same build with what must not be shown left out. */
export function shownBuild(build: FlyBuild): FlyBuild {
  if (build.secrets === undefined) return build;
  const names = Object.keys(build.secrets);
  return { ...build, secrets: Object.fromEntries(names.map((name) => [name, '***'])) };
}

function option(name: string, value: string | number | undefined): readonly string[] {
  return value === undefined ? [] : [name, String(value)];
}
