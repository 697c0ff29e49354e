import type { FlyApi } from './api.ts';
import type { Arguments } from './arguments.ts';
import { resolveImage } from './build.ts';
import {
  type AppConfig,
  appName,
  assertValid,
  configFile,
  type LoadedConfig,
  storedConfig,
  warnOfBadConfig,
} from './config-file.ts';
import type { Deployment, Machine } from './deployment.ts';
import { formatSeconds, parseSeconds } from './duration.ts';
import { CommandError, Interrupted, messageOf } from './errors.ts';
import { launchFirstMachines, provisionIps } from './first-deploy.ts';
import { definitionOf } from './machine-config.ts';
import { createRelease, finishRelease, setReleaseStatus } from './release.ts';
import { runReleaseCommand } from './release-command.ts';
import { err, info, out } from './terminal.ts';
import { updateMachines } from './update-machines.ts';

/** `flyctl deploy --image`: look up the image, record a release, move every machine to it, say how it ended. */
export async function deploy(args: Arguments, api: FlyApi, signal: AbortSignal): Promise<void> {
  const { config, app } = await verifiedConfig(args, api);
  const described = await api.flaps('GET', app, { signal });
  const organization: string = described.organization.slug;
  const image = await resolveImage(api, { app, organization, ref: imageToDeploy(args) });
  const waitSeconds = parseSeconds(args.values['wait-timeout'] ?? config.deploy?.wait_timeout ?? '5m');
  out(`\nWatch your deployment at https://fly.io/apps/${app}/monitoring\n`);
  announceWait(waitSeconds);
  const machines = await listMachines(api, app, signal);
  if (machines.length === 0) await provisionIps(api, app, organization);
  const strategy = config.deploy?.strategy ?? 'rolling';
  const release = await createRelease(api, { app, definition: definitionOf(config), image, strategy });
  const deployment = { api, app, organization, config, release, machines, strategy, waitSeconds, signal };
  await perform(deployment, args);
}

/** Only of interest where it is not the default. */
function announceWait(waitSeconds: number): void {
  if (waitSeconds === 300) return;
  const shown = formatSeconds(waitSeconds);
  info(`Using wait timeout: ${shown} lease timeout: 13s delay between lease refreshes: 4s`);
}

async function perform(deployment: Deployment, args: Arguments): Promise<void> {
  const { api, app, config, release } = deployment;
  await setReleaseStatus(api, release.id, 'running');
  try {
    const command = config.deploy?.release_command;
    if (command && !args.flags.has('skip-release-command')) await runReleaseCommand(deployment, command);
    if (deployment.machines.length === 0) await launchFirstMachines(deployment);
    else await updateMachines(deployment);
  } catch (error) {
    const interrupted = deployment.signal.aborted;
    await finishRelease(api, release.id, interrupted ? { status: 'interrupted' } : failure(error));
    throw interrupted ? new Interrupted() : error;
  }
  await finishRelease(api, release.id, { status: 'complete' });
  if (process.env.FLY_EMIT_RELEASE_JSON) {
    out(JSON.stringify({ id: release.id, version: release.version, image_ref: release.image }));
  }
  if (config.http_service !== undefined) out(`\nVisit your newly deployed app at https://${app}.fly.dev/\n`);
  // Addresses would be looked up in public DNS; the local cloud lists none.
  if (!args.flags.has('no-dns-checks')) await api.flaps('GET', `${app}/ip_assignments`);
}

function failure(error: unknown) {
  return { status: 'failed', error: messageOf(error) } as const;
}

async function verifiedConfig(args: Arguments, api: FlyApi): Promise<{ config: AppConfig; app: string }> {
  const file = configFile(args);
  if (file !== undefined) warnOfBadConfig(file);
  err('==> Verifying app config');
  const loaded: LoadedConfig = file ?? (await storedConfig(api, appName(args)));
  assertValid(loaded);
  err('--> Verified app config');
  const given = Object.fromEntries(
    args.env.map((pair) => [pair.split('=')[0] ?? '', pair.replace(/^[^=]*=/, '')]),
  );
  const { strategy } = args.values;
  const config: AppConfig = {
    ...loaded.config,
    ...(args.env.length > 0 ? { env: { ...loaded.config.env, ...given } } : {}),
    ...(strategy === undefined ? {} : { deploy: { ...loaded.config.deploy, strategy } }),
  };
  const app = appName(args, config);
  return { config: { ...config, app }, app };
}

function imageToDeploy(args: Arguments): string {
  const { image } = args.values;
  if (image !== undefined) return image;
  throw new CommandError(
    'failed to fetch an image or build from source: this stand-in builds nothing; pass --image',
  );
}

async function listMachines(api: FlyApi, app: string, signal: AbortSignal): Promise<Machine[]> {
  const all: Machine[] = await api.flaps('GET', `${app}/machines`, { signal }).catch((error) => {
    throw new CommandError(`failed to list VMs even after retries: ${messageOf(error)}`, { cause: error });
  });
  return all
    .filter(({ config }) => config?.metadata?.fly_platform_version === 'v2')
    .filter(({ config }) => config?.metadata?.fly_process_group === 'app')
    .toSorted((one, other) => (one.id < other.id ? -1 : 1));
}
