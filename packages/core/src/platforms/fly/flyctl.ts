import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ToolResult, Tools } from '../../process.ts';
import { buildFlags, type FlyBuild, type FlyMachines, machineFlags, shownBuild } from './deploy-flags.ts';
import { type FleetScope, isPartial, scopeArguments, wholeFleet } from './scope.ts';
import type { FlyToken } from './token.ts';

/**
 * Variables of the job that flyctl must not see: our inputs, other credentials, and those that would send it
 * elsewhere or make it print request bodies (`FLY_VERBOSE`, `LOG_LEVEL`, `FLYCTL_OUTPUT_HAR`).
 */
const withheld =
  /^(INPUT_|ACTIONS_|STATE_|FLY_(?!REMOTE_BUILDER_REGION$|BUILD_CONTEXT_WARN_SIZE$)|FLYCTL_|LOG_LEVEL$|BELAY_LEDGER_KEY$|GITHUB_TOKEN$|GH_TOKEN$|RAILWAY_|VERCEL_)/;

/**
 * flyctl's environment: the job's without what it must not see, the token, and every switch that keeps it from
 * talking to anyone but Fly. The configuration directory is private, since flyctl logs request bodies into it.
 */
export function flyctlEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  token: FlyToken,
  configDir: string,
): Readonly<Record<string, string>> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !withheld.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    FLY_API_TOKEN: token.value,
    FLY_CONFIG_DIR: configDir,
    FLY_SEND_METRICS: '0',
    FLY_SYNTHETICS_AGENT: '0',
    FLY_NO_UPDATE_CHECK: '1',
    FLY_NO_INCIDENTS_CHECK: '1',
    // Discard: it would send the token in a plain HTTP header.
    FLY_TRACE_COLLECTOR_URL: '127.0.0.1:9',
    FLY_EMIT_RELEASE_JSON: '1',
    NO_COLOR: '1',
    CI: 'true',
  };
}

/** Where flyctl keeps its state for this job, which is not made yet; removed in `post`. */
export function newConfigDir(temp: string): string {
  return join(temp, `belay-fly-${randomUUID()}`);
}

/** Only this user may look into it. */
export async function makeConfigDir(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
}

export async function removeConfigDir(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true });
}

/** How to run one `flyctl deploy`. */
export interface FlyDeploy {
  readonly app: string;
  readonly config?: string;
  readonly image?: string;
  /** The tag an image is or was built under: ours alone, so that the release can be found by it. */
  readonly imageLabel?: string;
  readonly strategy?: string;
  /** Of `rolling` and `canary`: a share below 1 or a number of machines. */
  readonly maxUnavailable?: string;
  readonly scope?: FleetScope;
  /** Ids of machines whose hosts do not answer: they are left as they are. */
  readonly lost?: readonly string[];
  readonly buildArgs: readonly string[];
  readonly build?: FlyBuild;
  readonly machines?: FlyMachines;
  readonly waitTimeoutMs: number;
  /** A restore: the old release's command must not run against the new schema. */
  readonly skipReleaseCommand: boolean;
  /** flyctl's own 10 s look at each machine; a restore does without, since it is verified afterwards. */
  readonly smokeChecks: boolean;
  /** Only machines that are there are changed: none is made for a group that has none. */
  readonly updateOnly?: boolean;
  readonly extra: readonly string[];
}

/** The whole command line, as a value. It may hold build secrets: `shownArguments` is what may be printed. */
export function deployArguments(deploy: FlyDeploy): readonly string[] {
  const option = (name: string, value: string | undefined) => (value === undefined ? [] : [name, value]);
  return [
    'deploy',
    ...['--app', deploy.app],
    ...option('--config', deploy.config),
    ...option('--image', deploy.image),
    ...option('--image-label', deploy.image === undefined ? deploy.imageLabel : undefined),
    ...option('--strategy', deploy.strategy),
    ...option('--max-unavailable', deploy.maxUnavailable),
    ...scopeArguments(deploy.scope ?? wholeFleet),
    ...option('--exclude-machines', deploy.lost?.length ? deploy.lost.join(',') : undefined),
    ...deploy.buildArgs.flatMap((pair) => ['--build-arg', pair]),
    ...buildFlags(deploy.build ?? {}),
    ...machineFlags(deploy.machines ?? {}),
    ...['--wait-timeout', `${Math.ceil(deploy.waitTimeoutMs / 1000)}s`],
    '--yes',
    '--dns-checks=false',
    // The platform decides otherwise whether failures are retried by another code path.
    '--deploy-retries=0',
    ...(deploy.skipReleaseCommand ? ['--skip-release-command'] : []),
    ...(deploy.smokeChecks ? [] : ['--smoke-checks=false']),
    ...(deploy.updateOnly === true && !isPartial(deploy.scope ?? wholeFleet) ? ['--update-only'] : []),
    ...deploy.extra,
  ];
}

/** The command line as `dry-run` prints it, without a secret in it. */
export function shownArguments(deploy: FlyDeploy): readonly string[] {
  return deployArguments(
    deploy.build === undefined ? deploy : { ...deploy, build: shownBuild(deploy.build) },
  );
}

/** flyctl with everything but its arguments decided. */
export interface Flyctl {
  run(args: readonly string[], options: FlyctlOptions): Promise<ToolResult>;
}

export interface FlyctlOptions {
  readonly signal?: AbortSignal;
  readonly deadlineMs?: number;
  readonly echo?: boolean;
  readonly stdin?: string;
  readonly onLine?: (line: string) => void;
}

export function createFlyctl(fixed: {
  readonly tools: Tools;
  readonly command: string;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}): Flyctl {
  const { tools, ...run } = fixed;
  return { run: (args, options) => tools.run({ ...run, args, ...options }) };
}
