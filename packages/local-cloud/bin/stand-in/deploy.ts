import type { FlyApi } from './api.ts';
import type { Arguments } from './arguments.ts';
import { resolveImage } from './build.ts';
import { deployCanaries } from './canary.ts';
import { type AppConfig, appName } from './config-file.ts';
import { assertDeployable, deployConfig, deployOptions } from './deploy-options.ts';
import type { Deployment } from './deployment.ts';
import { formatSeconds } from './duration.ts';
import { Aborted, Interrupted, messageOf } from './errors.ts';
import { provisionIps, reachOf } from './first-deploy.ts';
import { fleetFor } from './fleet.ts';
import { announceGroups, destroyRemoved, groupChanges, launchMissing } from './groups.ts';
import { defaultGuest, definitionOf } from './machine-config.ts';
import { servesAnything } from './process-groups.ts';
import { askEgressIps, createRelease, finishRelease, setReleaseStatus } from './release.ts';
import { runReleaseCommand } from './release-command.ts';
import { minSecretsVersion } from './secrets-version.ts';
import { info, out } from './terminal.ts';
import { updateMachines } from './update-machines.ts';
import { assertKeepsVolumes, provisionVolumes } from './volume-pool.ts';

/** `flyctl deploy`: find the image, record a release, move every machine to it, say how it ended. */
export async function deploy(args: Arguments, api: FlyApi, signal: AbortSignal): Promise<void> {
  const { config, shownPath } = await deployConfig(args, api);
  const app = appName(args, config);
  const described = await api.flaps('GET', app, { signal });
  const organization: string = described.organization.slug;
  const image = await resolveImage(api, { app, organization, args, configured: config.build?.image });
  if (args.flags.has('build-only')) return;
  out(`\nWatch your deployment at https://fly.io/apps/${app}/monitoring\n`);
  const options = deployOptions(args, config);
  const strategy = config.deploy?.strategy ?? 'rolling';
  assertDeployable(config, strategy, shownPath);
  announceWait(options.waitSeconds);
  const fleet = await fleetFor(args, { api, app, config, signal });
  const isFirst = fleet.isFirst || (described.status !== 'deployed' && fleet.machines.length === 0);
  const serves = fleet.groups.some((group) => servesAnything(config, group));
  if (isFirst && serves) await provisionIps({ api, app, organization }, reachOf(args));
  if (isFirst) {
    const compute = { ...defaultGuest, ...options.guest };
    await provisionVolumes({ api, app, config }, fleet.volumes, { compute, compute_image: image });
  }
  assertKeepsVolumes(fleet.machines, config);
  const release = await createRelease(api, { app, definition: definitionOf(config), image, strategy });
  await askEgressIps(api, app);
  await perform(
    {
      api,
      app,
      organization,
      config,
      release,
      ...fleet,
      strategy,
      options,
      minSecretsVersion: minSecretsVersion(app),
      askedForSockets: new Set(),
      restartOnly: false,
      signal,
    },
    async (deployment) => {
      const command = config.deploy?.release_command;
      if (command && !args.flags.has('skip-release-command')) await runReleaseCommand(deployment, command);
      await deployMachines(deployment, isFirst);
    },
  );
  announceEnd(args, config, app);
  await checkAddresses(args, { api, app });
}

/** Only of interest where it is not the default. */
function announceWait(waitSeconds: number): void {
  if (waitSeconds === 300) return;
  const shown = formatSeconds(waitSeconds);
  info(`Using wait timeout: ${shown} lease timeout: 13s delay between lease refreshes: 4s`);
}

async function deployMachines(deployment: Deployment, isFirst: boolean): Promise<void> {
  const changes = groupChanges(deployment);
  announceGroups(deployment, changes, isFirst);
  if (deployment.strategy === 'canary' && !isFirst) await deployCanaries(deployment);
  await destroyRemoved(deployment, changes);
  if (!deployment.options.updateOnly) await launchMissing(deployment, changes);
  const kept = deployment.machines.filter((machine) => !changes.removed.includes(machine));
  await updateMachines(deployment, kept);
}

/** Marks the release as running, does the work, and marks how it ended. */
export async function perform(
  deployment: Deployment,
  work: (deployment: Deployment) => Promise<void>,
): Promise<void> {
  const { api, release, signal } = deployment;
  await setReleaseStatus(api, release.id, 'running');
  try {
    await work(deployment);
  } catch (error) {
    const interrupted = signal.aborted && !(error instanceof Aborted);
    await finishRelease(api, release.id, interrupted ? { status: 'interrupted' } : failure(error));
    throw interrupted ? new Interrupted() : error;
  }
  await finishRelease(api, release.id, { status: 'complete' });
  if (process.env.FLY_EMIT_RELEASE_JSON) {
    out(JSON.stringify({ id: release.id, version: release.version, image_ref: release.image }));
  }
}

function failure(error: unknown) {
  return { status: 'failed', error: messageOf(error) } as const;
}

function announceEnd(args: Arguments, config: AppConfig, app: string): void {
  const reach = reachOf(args);
  if (reach === 'private') {
    const where = `http://${app}.flycast`;
    out(`\nYour your newly deployed app is available in the organizations' private network under ${where}`);
  } else if (reach === 'none') {
    out('\nYour app is deployed but does not have a public or private IP address');
  } else if (config.http_service !== undefined) {
    out(`\nVisit your newly deployed app at https://${app}.fly.dev/\n`);
  }
}

/** flyctl would look the addresses up in public DNS. */
export async function checkAddresses(args: Arguments, { api, app }: { api: FlyApi; app: string }) {
  if (!args.flags.has('no-dns-checks') && !args.flags.has('detach'))
    await api.flaps('GET', `${app}/ip_assignments`);
}
