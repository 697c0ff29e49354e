import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'smol-toml';
import type { FlyApi } from './api.ts';
import type { Arguments } from './arguments.ts';
import { CommandError, messageOf } from './errors.ts';
import { err, out } from './terminal.ts';

type Json = Record<string, unknown>;

/** What may be meant for some process groups only. */
export interface Grouped extends Json {
  readonly processes?: readonly string[];
}

/** fly.toml as flyctl reads it. What this stand-in does not act on passes through to the release untouched. */
export interface AppConfig extends Json {
  readonly app?: string;
  readonly primary_region?: string;
  readonly build?: { readonly image?: string };
  readonly env?: Readonly<Record<string, string>>;
  readonly processes?: Readonly<Record<string, string>>;
  readonly deploy?: {
    readonly strategy?: string;
    readonly max_unavailable?: number;
    readonly release_command?: string;
    readonly release_command_timeout?: string;
    readonly wait_timeout?: string;
  };
  readonly http_service?: Grouped & { readonly internal_port?: number; readonly checks?: readonly Json[] };
  readonly services?: readonly (Grouped & { readonly internal_port?: number })[];
  readonly checks?: Readonly<Record<string, Grouped & { readonly grace_period?: string }>>;
  readonly mounts?: readonly (Grouped & { readonly source?: string; readonly destination?: string })[];
  readonly kill_signal?: string;
  readonly kill_timeout?: number | string;
  readonly restart?: readonly (Grouped & { readonly policy?: string; readonly retries?: number })[];
}

export interface LoadedConfig {
  readonly config: AppConfig;
  /** As flyctl names it: the `-c` given, else the full path. */
  readonly shownPath: string;
  /** Why it is no valid config. */
  readonly problem: string | undefined;
}

export function configFile(args: Arguments): LoadedConfig | undefined {
  const shownPath = args.values.config ?? resolve('fly.toml');
  if (!existsSync(shownPath)) {
    if (args.values.config === undefined) return undefined;
    throw new CommandError(`failed loading app config from ${shownPath}: no such file or directory`);
  }
  try {
    const text = readFileSync(shownPath, 'utf8');
    const config: AppConfig = shownPath.endsWith('.json') ? JSON.parse(text) : parse(text);
    return { config: withListedMounts(config), shownPath, problem: problemOf(config) };
  } catch (error) {
    return { config: {}, shownPath, problem: messageOf(error) };
  }
}

/** `[mounts]` and `[[mounts]]` mean the same. */
function withListedMounts({ mounts, ...config }: AppConfig): AppConfig {
  return mounts === undefined ? config : { ...config, mounts: [mounts].flat() };
}

/** The name by the precedence `-a`, FLY_APP, config file. */
export function appName(args: Arguments, config: AppConfig | undefined = configFile(args)?.config): string {
  const name = args.values.app ?? process.env.FLY_APP ?? config?.app;
  if (name === undefined || name === '')
    throw new CommandError('the config for your app is missing an app name');
  return name;
}

const storedQuery = `
query FlyctlConfigCurrentRelease ($appName: String!) {
	app(name: $appName) {
		currentReleaseUnprocessed {
			configDefinition
		}
	}
}
`;

/** Without a file: what the current release was deployed with. */
export async function storedConfig(api: FlyApi, app: string): Promise<LoadedConfig> {
  const operationName = 'FlyctlConfigCurrentRelease';
  const data = await api.graphql({ query: storedQuery, variables: { appName: app }, operationName });
  const config: AppConfig = data.app.currentReleaseUnprocessed?.configDefinition ?? {};
  return { config, shownPath: '--config path unset--', problem: problemOf(config) };
}

export async function validateConfig(args: Arguments): Promise<void> {
  const loaded = configFile(args);
  if (loaded === undefined) throw new CommandError('App configuration not found');
  appName(args, loaded.config);
  assertValid(loaded);
  out('');
}

export function assertValid({ shownPath, problem }: LoadedConfig): void {
  out(`Validating ${shownPath}`);
  if (problem === undefined) {
    out('\x1b[32m✓\x1b[0m Configuration is valid');
    return;
  }
  out(`\n   \x1b[31m✘\x1b[0m${problem}`);
  throw new CommandError('App configuration is not valid');
}

export function warnOfBadConfig({ shownPath, problem }: LoadedConfig): void {
  if (problem === undefined) return;
  err(`\x1b[33mWARN\x1b[0m WARNING the config file at '${shownPath}' is not valid: ${problem}`);
}

/** The one mistake in the recordings, in the words of Go's decoder. */
function problemOf(config: AppConfig): string | undefined {
  const port: unknown = config.http_service?.internal_port;
  if (port === undefined || typeof port === 'number') return undefined;
  return `json: cannot unmarshal ${typeof port} into Go struct field HTTPService.http_service.internal_port of type int`;
}
