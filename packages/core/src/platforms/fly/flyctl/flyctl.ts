import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ToolResult, Tools } from '../../../io/process.ts';
import {
  buildFlags,
  type FlyBuild,
  type FlyMachines,
  machineFlags,
  shownBuild,
} from '../deploy/deploy-flags.ts';
import { type FleetScope, isPartial, scopeArguments, wholeFleet } from '../machines/scope.ts';

/** Where flyctl keeps its state for this job; removed in `post`. */
export function configDir(temp: string): string {
  return join(temp, `belay-fly-${randomUUID()}`);
}

/** Removes the folder where flyctl kept its state for this job. */
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
