import { randomBytes } from 'node:crypto';
import type { Green } from './bluegreen-phase.ts';
import { assertNotAborted, phase } from './bluegreen-phase.ts';
import { blueGreenTag, retireBlue } from './bluegreen-retire.ts';
import { awaitGreen } from './bluegreen-waits.ts';
import { type Deployment, type Machine, shownName } from './deployment.ts';
import { Aborted, CommandError } from './errors.ts';
import type { Leases } from './leases.ts';
import { hasChecks } from './machine-config.ts';
import { bodyOf, type Update } from './machine-input.ts';
import { err } from './terminal.ts';

/** As many machines again, made without traffic; when all are well they get it, and the blue ones go. */
export async function deployBluegreen(deployment: Deployment, leases: Leases, blue: readonly Update[]) {
  const greens: Green[] = [];
  let switched = false;
  try {
    await assertPossible(deployment, blue);
    await createGreens(deployment, blue, greens);
    await awaitGreen(deployment, greens);
    err('\nMarking green machines as ready');
    await phase('failed to mark green machines as ready', () => uncordon(deployment, greens));
    switched = true;
    await retireBlue(
      deployment,
      leases,
      blue.map(({ machine }) => machine),
    );
  } catch (error) {
    if (error instanceof Aborted) err('');
    if (!switched && greens.length > 0) await rollBack(deployment, greens);
    throw error;
  }
  err('\nDeployment Complete');
}

async function assertPossible({ api, app }: Deployment, blue: readonly Update[]): Promise<void> {
  const query = 'query ($appName: String!) { canPerformBluegreenDeployment(name: $appName) }';
  const data = await api.graphql({ query, variables: { appName: app } });
  if (!data.canPerformBluegreenDeployment)
    throw new CommandError("app can't undergo bluegreen deployment due to org limits");
  err('\nVerifying if app can be safely deployed ');
  assertOneImage(blue);
  const unchecked = blue.filter(({ config }) => !hasChecks(config));
  for (const { machine } of unchecked) {
    const warning = "doesn't have healthchecks setup. We won't check its health.";
    process.stderr.write(`\n[WARN] Machine ${shownName(machine)} ${warning}`);
  }
  if (unchecked.length < blue.length) return;
  const docs = 'https://fly.io/docs/reference/configuration/#services-tcp_checks';
  err(`\n\nYou need to define at least 1 check in order to use blue-green deployments. Refer to ${docs}`);
  throw new CommandError('app not in valid state for bluegreen deployments');
}

function assertOneImage(blue: readonly Update[]): void {
  const holders = new Map<string, string[]>();
  for (const { machine } of blue.filter(({ replaced }) => !replaced)) {
    const image = `${machine.image_ref?.repository}:${machine.image_ref?.tag}`;
    holders.set(image, [...(holders.get(image) ?? []), machine.id]);
  }
  if (holders.size < 2) return;
  const why = 'for bluegreen to work, all machines need to run a single image';
  err(`\n  Found ${holders.size} different images in your app (${why})`);
  for (const [image, ids] of holders) err(`    [x] ${image} - ${ids.length} machine(s) (${ids.join(',')})`);
  err("\n  Here's how to fix your app so deployments can go through:");
  err('    1. Find all the unwanted image versions from the list above.');
  err("       Use 'fly machines list' and 'fly releases --image' to help determine unwanted images.");
  const destroy = 'fly machines destroy --force --image=<image-version> --app <app-name>';
  err(`    2. For each unwanted image version, run '${destroy}'`);
  err("    3. Retry the deployment with 'fly deploy'\n");
  throw new CommandError('found multiple image versions');
}

function createGreens(deployment: Deployment, blue: readonly Update[], greens: Green[]): Promise<void> {
  const { api, app } = deployment;
  const since = String(Math.floor(Date.now() / 1000));
  err('\nCreating green machines');
  return phase('failed to create green machines', async () => {
    for (const update of blue) {
      assertNotAborted(deployment);
      const marks = { [blueGreenTag]: since, fly_flyctl_bluegreen_launch_id: launchId() };
      const metadata = { ...update.config.metadata, ...marks };
      const body = bodyOf(deployment, { ...update, config: { ...update.config, metadata } });
      const made = { ...body, skip_service_registration: true };
      const machine: Machine = await api.flaps('POST', `${app}/machines`, { body: made });
      greens.push({ machine, update });
      err(`  Created machine ${shownName(machine)}`);
    }
  });
}

/** Shaped as a ULID. */
function launchId(): string {
  return `01${randomBytes(12).toString('hex').toUpperCase()}`;
}

async function uncordon(deployment: Deployment, greens: readonly Green[]): Promise<void> {
  const { api, app } = deployment;
  await Promise.all(
    greens.map(async ({ machine }) => {
      assertNotAborted(deployment);
      await api.flaps('POST', `${app}/machines/${machine.id}/uncordon`);
      err(`  Machine ${shownName(machine)} now ready`);
    }),
  );
}

async function rollBack({ api, app }: Deployment, greens: readonly Green[]): Promise<void> {
  err('\nRolling back failed deployment');
  for (const { machine } of greens) {
    await api.flaps('DELETE', `${app}/machines/${machine.id}?kill=true`);
    err(`  Deleted machine ${shownName(machine)}`);
  }
}
