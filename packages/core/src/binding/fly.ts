import { resolve } from 'node:path';
import { flyctl as flyctlTool } from '../install/flyctl.ts';
import { installTool } from '../install/install-tool.ts';
import type { InstalledTool } from '../install/tool.ts';
import { FlyPlatform } from '../platforms/fly/adapter.ts';
import { stopAgent } from '../platforms/fly/agent.ts';
import { FlyApi } from '../platforms/fly/api.ts';
import {
  createFlyctl,
  type Flyctl,
  flyctlEnvironment,
  makeConfigDir,
  removeConfigDir,
} from '../platforms/fly/flyctl.ts';
import { evidenceOfFailure } from '../platforms/fly/health.ts';
import { type FleetScope, wholeFleet } from '../platforms/fly/scope.ts';
import { flyTarget } from '../platforms/fly/target.ts';
import { parseFlyToken } from '../platforms/fly/token.ts';
import type { Target } from '../platforms/platform.ts';
import type { Ports } from '../ports.ts';

const configDirState = 'fly-config-dir';
const flyctlState = 'flyctl';

export interface FlyInputs {
  readonly flyToken: string;
  readonly flyApp: string;
  readonly flyctlVersion: string;
  readonly flyctlSha256: string | undefined;
  readonly waitTimeoutMs: number;
  readonly workingDirectory: string;
  /** The whole fleet when absent. */
  readonly scope?: FleetScope;
}

/** Fly, opened for one app: the adapter, flyctl with its private environment, and the app as a target. */
export interface OpenFly {
  readonly platform: FlyPlatform;
  readonly api: FlyApi;
  readonly flyctl: Flyctl;
  readonly target: Target;
  readonly scope: FleetScope;
  readonly installed: InstalledTool;
  /** The folder relative paths start in. */
  readonly cwd: string;
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

/** Installs flyctl and asks Fly for the app. Failures: `token-kind`, `token-rejected`, `app-not-found`, `install-failed`. */
export async function openFly(ports: Ports, inputs: FlyInputs): Promise<OpenFly> {
  const { runner, http, tools, clock } = ports;
  const { scope = wholeFleet } = inputs;
  const token = parseFlyToken(inputs.flyToken);
  for (const part of token.parts) runner.mask(part);
  const api = new FlyApi(http, token);
  const [installed, app] = await Promise.all([installFlyctl(ports, inputs), api.app(inputs.flyApp)]);
  // In `post` the folder of `main` is still there, and is the one that will be removed.
  const dir = runner.state(configDirState) || (await makeConfigDir(runner.context.temp));
  runner.saveState(configDirState, dir);
  runner.saveState(flyctlState, installed.path);
  const cwd = resolve(runner.context.workspace, inputs.workingDirectory);
  const env = flyctlEnvironment(runner.env, token, dir);
  const flyctl = createFlyctl({ tools, command: installed.path, env, cwd });
  return {
    platform: new FlyPlatform({
      ...{ api, flyctl, clock, dir, scope, waitTimeoutMs: inputs.waitTimeoutMs },
      log: (line) => runner.info(line),
      warn: (line) => runner.warning(line),
    }),
    api,
    flyctl,
    target: flyTarget(app.name, app.hostname),
    scope,
    installed,
    cwd,
    evidence: (release) =>
      evidenceOfFailure(api, { app: inputs.flyApp, scope, release, nowMs: clock.now() }).catch(() => []),
  };
}

/** Removes what `openFly` and flyctl left on the machine; for `post`. */
export async function closeFly({ runner, tools }: Ports): Promise<void> {
  const dir = runner.state(configDirState);
  if (dir === '') return;
  try {
    await stopAgent(tools, runner.state(flyctlState), dir);
  } finally {
    await removeConfigDir(dir);
  }
}
