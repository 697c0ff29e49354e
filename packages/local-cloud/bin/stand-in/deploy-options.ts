import type { FlyApi } from './api.ts';
import type { Arguments } from './arguments.ts';
import {
  type AppConfig,
  appName,
  assertValid,
  configFile,
  type LoadedConfig,
  storedConfig,
  warnOfBadConfig,
} from './config-file.ts';
import type { DeployOptions } from './deployment.ts';
import { parseSeconds } from './duration.ts';
import { CommandError } from './errors.ts';
import { err } from './terminal.ts';

/** fly.toml, or what the current release was deployed with, under the flags that change it. */
export async function deployConfig(
  args: Arguments,
  api: FlyApi,
): Promise<{ config: AppConfig; shownPath: string }> {
  const file = configFile(args);
  if (file !== undefined) warnOfBadConfig(file);
  err('==> Verifying app config');
  const loaded: LoadedConfig = file ?? (await storedConfig(api, appName(args)));
  assertValid(loaded);
  err('--> Verified app config');
  const config = withFlags(loaded.config, args);
  return { config: { ...config, app: appName(args, config) }, shownPath: loaded.shownPath };
}

function withFlags(config: AppConfig, args: Arguments): AppConfig {
  const { strategy, 'max-unavailable': unavailable, 'primary-region': region } = args.values;
  const env = args.lists.env ?? [];
  const given = Object.fromEntries(
    env.map((pair) => [pair.split('=')[0] ?? '', pair.replace(/^[^=]*=/, '')]),
  );
  const deploy = {
    ...(strategy === undefined ? {} : { strategy }),
    ...(unavailable === undefined ? {} : { max_unavailable: maxUnavailable(unavailable) }),
  };
  return {
    ...config,
    ...(env.length > 0 ? { env: { ...config.env, ...given } } : {}),
    ...(region === undefined ? {} : { primary_region: region }),
    ...(Object.keys(deploy).length === 0 ? {} : { deploy: { ...config.deploy, ...deploy } }),
  };
}

function maxUnavailable(text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new CommandError('the value for --max-unavailable must be > 0');
}

export function deployOptions(args: Arguments, { deploy = {} }: AppConfig): DeployOptions {
  const { 'wait-timeout': wait, 'release-command-timeout': commandTimeout } = args.values;
  return {
    waitSeconds: parseSeconds(wait ?? deploy.wait_timeout ?? '5m'),
    releaseCommandSeconds: parseSeconds(commandTimeout ?? deploy.release_command_timeout ?? '5m'),
    maxUnavailable: deploy.max_unavailable ?? 0.33,
    highAvailability: !args.flags.has('no-ha'),
    updateOnly: args.flags.has('update-only'),
    detached: args.flags.has('detach'),
    smokeChecks: !args.flags.has('no-smoke-checks'),
    guest: guestOf(args),
  };
}

/** `shared-cpu-2x`, or its parts. */
function guestOf({ values }: Arguments): Record<string, unknown> {
  const size = /^(shared-cpu|performance)-(\d+)x$/.exec(values['vm-size'] ?? '');
  const [, kind, count] = size ?? [];
  const cpus = Number(count);
  const isShared = kind === 'shared-cpu';
  const { 'vm-cpus': wantedCpus, 'vm-cpu-kind': wantedKind, 'vm-memory': memory } = values;
  return {
    ...(size === null
      ? {}
      : { cpu_kind: isShared ? 'shared' : 'performance', cpus, memory_mb: cpus * (isShared ? 256 : 2048) }),
    ...(wantedKind === undefined ? {} : { cpu_kind: wantedKind }),
    ...(wantedCpus === undefined ? {} : { cpus: Number(wantedCpus) }),
    ...(memory === undefined ? {} : { memory_mb: Number.parseInt(memory, 10) }),
  };
}

const strategies: readonly string[] = ['rolling', 'immediate', 'canary', 'bluegreen'];

export function assertDeployable(config: AppConfig, strategy: string, shownPath: string): void {
  if (!strategies.includes(strategy)) throw new CommandError(`unknown deployment strategy '${strategy}'`);
  if (strategy === 'canary' && (config.mounts ?? []).length > 0) {
    err(`Validating ${shownPath}`);
    err('error canary deployment strategy is not supported when using mounted volumes');
    err('   \x1b[31m✘\x1b[0minvalid app configuration');
    throw new CommandError('App configuration is not valid');
  }
}
