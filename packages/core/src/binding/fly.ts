import { constants, rmSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Clock } from '../clock.ts';
import { flyctl as flyctlTool } from '../install/flyctl.ts';
import { installTool } from '../install/install-tool.ts';
import type { InstalledTool } from '../install/tool.ts';
import { FlyPlatform } from '../platforms/fly/adapter.ts';
import { stopAgent } from '../platforms/fly/agent.ts';
import { FlyApi } from '../platforms/fly/api.ts';
import { flyctlEnvironment } from '../platforms/fly/environment.ts';
import { configDir, createFlyctl, type Flyctl, removeConfigDir } from '../platforms/fly/flyctl.ts';
import { evidenceOfFailure } from '../platforms/fly/health.ts';
import { type FleetScope, wholeFleet } from '../platforms/fly/scope.ts';
import { FlyStorageApi } from '../platforms/fly/storage-api.ts';
import { flyTarget, privateFlyTarget } from '../platforms/fly/target.ts';
import { type FlyToken, parseFlyToken } from '../platforms/fly/token.ts';
import type { Target } from '../platforms/platform.ts';
import type { Ports } from '../ports.ts';
import { makeTemporaryFolder } from '../runner/folders.ts';
import { platformTime } from './platform-time.ts';

const configDirState = 'fly-config-dir';
const flyctlState = 'flyctl';
const flyctlVersionState = 'flyctl-version';

export interface FlyInputs {
  readonly flyToken: string;
  readonly flyApp: string;
  readonly flyctlVersion: string;
  readonly flyctlSha256: string | undefined;
  /** Names of variables of the job that flyctl is let see beside those it reads. */
  readonly flyctlEnv: readonly string[];
  readonly waitTimeoutMs: number;
  readonly workingDirectory: string;
  /** The internet cannot reach the app, so it has no address to name. */
  readonly private?: boolean;
  /** The whole fleet when absent. */
  readonly scope?: FleetScope;
  /** Ids of machines that flyctl does not manage and that may serve beside the release. */
  readonly acceptMachines?: readonly string[];
}

/** Fly, opened for one app: the adapter, flyctl with its private environment, and the app as a target. */
export interface OpenFly {
  readonly platform: FlyPlatform;
  readonly api: FlyApi;
  readonly storage: FlyStorageApi;
  readonly flyctl: Flyctl;
  readonly target: Target;
  /** When the app was made, ISO 8601. */
  readonly created: string | undefined;
  readonly scope: FleetScope;
  /** Tells the time by Fly's clock. */
  readonly clock: Clock;
  readonly installed: InstalledTool;
  /** The folder relative paths start in. */
  readonly cwd: string;
  /** flyctl's private folder, removed by `closeFly`. */
  readonly dir: string;
  /** What a person would look at when a release failed. Never throws. */
  evidence(release: string | undefined): Promise<readonly string[]>;
}

/** Installs flyctl. Failures: `install-failed`, `checksum-mismatch`. */
export function installFlyctl(
  ports: Ports,
  inputs: Pick<FlyInputs, 'flyctlVersion' | 'flyctlSha256'>,
): Promise<InstalledTool> {
  const sha256 = inputs.flyctlSha256 === undefined ? {} : { sha256: inputs.flyctlSha256 };
  return ports.runner.group('Install flyctl', async () => {
    const tool = await installTool(flyctlTool, ports, { version: inputs.flyctlVersion, ...sha256 });
    ports.runner.info(`flyctl ${tool.version} from ${tool.source}: ${tool.path}`);
    for (const note of tool.notes) ports.runner.info(note);
    return tool;
  });
}

/** Fly, opened for whatever the token may see: its API, and flyctl with its private environment. */
export interface FlyAccount extends Pick<OpenFly, 'api' | 'flyctl' | 'installed' | 'cwd' | 'clock'> {
  /** flyctl's private folder. */
  readonly dir: string;
}

/** Installs flyctl. Failures: `token-kind`, `install-failed`. */
export function openFlyAccount(ports: Ports, inputs: Omit<FlyInputs, 'flyApp'>): Promise<FlyAccount> {
  return openAccount(ports, inputs, flyApi(ports, inputs.flyToken));
}

function flyApi(
  { runner, ...ports }: Ports,
  flyToken: string,
): { readonly token: FlyToken; readonly api: FlyApi; readonly clock: Clock } {
  const token = parseFlyToken(flyToken);
  for (const part of token.parts) runner.mask(part);
  const { http, clock } = platformTime(ports);
  return { token, api: new FlyApi(http, token), clock };
}

/** In `post`: the flyctl that main has had, which needs no host that may not answer by now. */
async function installedByMain({ runner }: Ports): Promise<InstalledTool | undefined> {
  const path = runner.state(flyctlState);
  if (path === '' || !(await canRun(path))) return undefined;
  const version = runner.state(flyctlVersionState);
  runner.info(`flyctl ${version}, as the step has had it: ${path}`);
  return { path, version, source: 'PATH', notes: [] };
}

async function canRun(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function openAccount(
  ports: Ports,
  inputs: Omit<FlyInputs, 'flyApp'>,
  { token, api, clock }: ReturnType<typeof flyApi>,
): Promise<FlyAccount> {
  const { runner, tools } = ports;
  const installed = (await installedByMain(ports)) ?? (await installFlyctl(ports, inputs));
  // In `post` the folder of `main` is still there, and is the one that will be removed.
  const there = runner.state(configDirState);
  const dir = there || configDir(runner.context.temp);
  // Told before it is made: `post` removes it also where this process is killed in between.
  runner.saveState(configDirState, dir);
  runner.saveState(flyctlState, installed.path);
  runner.saveState(flyctlVersionState, installed.version);
  if (there === '') await makeTemporaryFolder(runner, dir);
  const cwd = resolve(runner.context.workspace, inputs.workingDirectory);
  const env = flyctlEnvironment(runner.env, token, { configDir: dir, passed: inputs.flyctlEnv });
  const flyctl = createFlyctl({ tools, command: installed.path, env, cwd });
  return { api, flyctl, installed, cwd, dir, clock };
}

/**
 * Installs flyctl, unless an `open` account has, and asks Fly for the app. Failures: `token-kind`, `token-rejected`,
 * `app-not-found`, `install-failed`.
 */
export async function openFly(ports: Ports, inputs: FlyInputs, open?: FlyAccount): Promise<OpenFly> {
  const { runner, http } = ports;
  const { scope = wholeFleet } = inputs;
  const access = flyApi(ports, inputs.flyToken);
  const { api, token, clock } = access;
  const [account, app] = await Promise.all([
    open ?? openAccount(ports, inputs, access),
    api.app(inputs.flyApp),
  ]);
  const { flyctl, installed, cwd, dir } = account;
  return {
    platform: new FlyPlatform({
      ...{ api, flyctl, clock, dir, scope, waitTimeoutMs: inputs.waitTimeoutMs },
      acceptedMachines: inputs.acceptMachines ?? [],
      log: (line) => runner.info(line),
      warn: (line) => runner.warning(line),
    }),
    api,
    clock,
    storage: new FlyStorageApi(http, token),
    flyctl,
    target: inputs.private === true ? privateFlyTarget(app.name) : flyTarget(app.name, app.hostname),
    scope,
    created: app.created,
    installed,
    cwd,
    dir,
    evidence: (release) =>
      evidenceOfFailure(api, { app: inputs.flyApp, scope, release, nowMs: clock.now() }).catch(() => []),
  };
}

/**
 * For the beginning of `post`: however that ends, cancelled and given up as well, the private folder goes with its
 * process. It holds request bodies, and what is under way may write into it again after `closeFly`.
 */
export function closeFlyAtExit(
  { runner }: Pick<Ports, 'runner'>,
  ending: Pick<NodeJS.Process, 'once'> = process,
): void {
  const dir = runner.state(configDirState);
  if (dir !== '') ending.once('exit', () => rmSync(dir, { recursive: true, force: true }));
}

/** flyctl's private folder, as main has named it for `post`; `''` where it came to none. */
export function flyConfigDir(runner: Ports['runner']): string {
  return runner.state(configDirState);
}

/** Removes what `openFly` and flyctl left on the machine; for `post`. */
export async function closeFly({ runner, tools }: Ports): Promise<void> {
  const dir = flyConfigDir(runner);
  if (dir === '') return;
  try {
    await stopAgent(tools, runner.state(flyctlState), dir);
  } finally {
    await removeConfigDir(dir);
  }
}
