import { resolve } from 'node:path';
import type { Ports } from '../../action/ports.ts';
import type { InstalledTool } from '../../install/tool.ts';
import { begun } from '../../io/begun.ts';
import type { RunInInstance } from '../instances.ts';
import type { OpenPlatform } from '../open-platform.ts';
import type { Target } from '../platform.ts';
import type { WantedTarget } from '../wanted-target.ts';
import { FlyPlatform } from './adapter.ts';
import type { FlyApi } from './api/api.ts';
import { flyTarget, privateFlyTarget } from './api/target.ts';
import { type AskedFly, accessFly, askFly, type FlyAccess } from './ask.ts';
import { flyctlEnvironment } from './flyctl/environment.ts';
import { createFlyctl, type Flyctl } from './flyctl/flyctl.ts';
import { type FlyctlWanted, installFlyctl } from './flyctl/install.ts';
import { installedByMain, keepInstalled } from './flyctl/installed.ts';
import { openPrivateFolder } from './flyctl/private-folder.ts';
import { seenBeside } from './machines/beside-markdown.ts';
import { evidenceOfFailure } from './machines/health.ts';
import { runInMachine } from './machines/machine-command.ts';
import { type FleetScope, wholeFleet } from './machines/scope.ts';
import { tidyUp } from './machines/tidy-up.ts';
import { withMending } from './restore/mend-incomplete.ts';
import { FlyStorageApi } from './snapshot/storage-api.ts';

export interface FlyInputs extends FlyctlWanted {
  readonly flyToken: string;
  readonly flyApp: string;
  /** Names of variables of the job that flyctl is let see beside those it reads. */
  readonly flyctlEnv: readonly string[];
  readonly waitTimeoutMs: number;
  readonly workingDirectory: string;
  /** The internet cannot reach the app, so it has no address to name. */
  readonly private?: boolean;
  /** Whether a group that serves is to have two machines at first; default: no. */
  readonly ha?: boolean;
  /** The whole fleet when absent. */
  readonly scope?: FleetScope;
  /** Ids of machines that flyctl does not manage and that may serve beside the release. */
  readonly acceptMachines?: readonly string[];
  /** Set where no input takes such ids. */
  readonly mayStay?: false;
}

/** Fly, opened for one app: the adapter, flyctl with its private environment, and the app as a target. */
export interface OpenFly extends OpenPlatform {
  readonly platform: FlyPlatform;
  readonly api: FlyApi;
  readonly storage: FlyStorageApi;
  readonly flyctl: Flyctl;
  readonly target: Target;
  /** When the app was made, ISO 8601. */
  readonly created: string | undefined;
  readonly scope: FleetScope;
  readonly installed: InstalledTool;
  /** The folder relative paths start in. */
  readonly cwd: string;
  /** flyctl's private folder, removed in `post`. */
  readonly dir: string;
  /** Runs a command in one machine of the app. */
  readonly runInInstance: RunInInstance;
}

/** Fly, opened for whatever the token may see: its API, and flyctl with its private environment. */
export interface FlyAccount extends Pick<OpenFly, 'api' | 'flyctl' | 'installed' | 'cwd' | 'clock'> {
  /** flyctl's private folder. */
  readonly dir: string;
}

/** Installs flyctl. Failures: `token-kind`, `install-failed`. */
export function openFlyAccount(ports: Ports, inputs: Omit<FlyInputs, 'flyApp'>): Promise<FlyAccount> {
  return openAccount(ports, inputs, accessFly(ports, inputs.flyToken));
}

async function openAccount(
  ports: Ports,
  inputs: Omit<FlyInputs, 'flyApp'>,
  { token, api, clock }: FlyAccess,
): Promise<FlyAccount> {
  const { runner, tools } = ports;
  const installed = (await installedByMain(ports)) ?? (await installFlyctl(ports, inputs));
  const dir = await openPrivateFolder(ports);
  keepInstalled(ports, installed);
  const cwd = resolve(runner.context.workspace, inputs.workingDirectory);
  const env = flyctlEnvironment(runner.env, token, { configDir: dir, passed: inputs.flyctlEnv });
  const flyctl = createFlyctl({ tools, command: installed.path, env, cwd });
  return { api, flyctl, installed, cwd, dir, clock };
}

/** What is at hand before Fly is opened for an app. */
export interface FlyBefore {
  /** flyctl is installed with it. */
  readonly account?: FlyAccount | undefined;
  /** The app is asked for already. */
  readonly asked?: AskedFly | undefined;
}

/**
 * Installs flyctl and asks Fly for the app, as far as nobody has before. Failures: `token-kind`, `token-rejected`,
 * `app-not-found`, `install-failed`.
 */
export async function openFly(
  ports: Ports,
  inputs: FlyInputs,
  { account: before, asked = askFly(ports, inputs) }: FlyBefore = {},
): Promise<OpenFly> {
  const { runner, http } = ports;
  const { scope = wholeFleet, waitTimeoutMs, ha = false } = inputs;
  const { api, token, clock } = asked.access;
  const opening = begun(Promise.resolve(before ?? openAccount(ports, inputs, asked.access)));
  // What Fly refuses is told after the lines of the installation, not among them.
  const answer = asked.app.catch(async (error: unknown) => {
    await opening.catch(() => {});
    throw error;
  });
  const [account, app] = await Promise.all([opening, answer]);
  const { flyctl, installed, cwd, dir } = account;
  const target = inputs.private === true ? privateFlyTarget(app.name) : flyTarget(app.name, app.hostname);
  const platform = new FlyPlatform({
    api,
    flyctl,
    clock,
    dir,
    scope,
    waitTimeoutMs,
    acceptedMachines: inputs.acceptMachines ?? [],
    mayStay: inputs.mayStay,
    log: (line) => runner.info(line),
    warn: (line) => runner.warning(line),
  });
  return {
    platform,
    target,
    clock,
    api,
    flyctl,
    scope,
    installed,
    cwd,
    dir,
    notUndone,
    settleMs: waitTimeoutMs,
    workflowWords: { targetInput: 'fly-app', shipsByHand: /\bfly(?:ctl)?\b[^\n]*\bdeploy\b/ },
    evidenceTitle: 'Machines and their logs',
    storage: new FlyStorageApi(http, token),
    created: app.created,
    parseTarget: parseFlyTarget,
    pinned: (wanted) => byDigest(api, app.name, wanted),
    runInInstance: (command, signal) => runInMachine(api, { app: app.name, scope }, command, signal),
    evidence: (release) =>
      evidenceOfFailure(api, { app: inputs.flyApp, scope, release, nowMs: clock.now() }).catch(() => []),
    beside: () => seenBeside(platform.beside, app.name),
    withCommands: async (failure, seen) => {
      if (failure.reason !== 'incomplete') return failure;
      const machines = seen ?? (await platform.health(target).catch(() => undefined));
      // What is there and only has to be started must not be made a second time.
      return machines === undefined ? failure : withMending(failure, app.name, machines);
    },
    tidyUp: (ended) => tidyUp(ports, { platform, target }, { ...ended, ha }),
    memory: () => platform.memory(),
    recall: (memory, known) => platform.recall(memory, known),
  };
}

/** What no rollback on Fly brings back: said in every summary. */
const notUndone = [
  'databases and volumes: they are as the newer release left them',
  'secrets: their current values stay',
  'a release command: it is not run again, and what it did stays',
] as const;

/** A version such as v42, or an image. */
function parseFlyTarget(to: string): WantedTarget | undefined {
  if (/^v\d+$/.test(to)) return { kind: 'version', label: to };
  return /[/:@]/.test(to) ? { kind: 'image', image: to } : undefined;
}

/** An image is looked for by its digest: the tag may have moved since it was deployed. */
async function byDigest(api: FlyApi, app: string, wanted: WantedTarget): Promise<WantedTarget> {
  if (wanted.kind !== 'image') return wanted;
  const image = await api.image(app, wanted.image);
  return image === undefined ? wanted : { kind: 'image', image: image.digest };
}
