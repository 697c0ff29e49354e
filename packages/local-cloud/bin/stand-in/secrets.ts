import { buffer } from 'node:stream/consumers';
import type { FlyApi } from './api.ts';
import type { Arguments } from './arguments.ts';
import { appName } from './config-file.ts';
import { CommandError, messageOf } from './errors.ts';
import { appMachines } from './fleet.ts';
import { compactApp } from './queries.ts';
import { restartWithSecrets } from './restart.ts';
import { parseSecrets } from './secret-lines.ts';
import { noteSecretsVersion } from './secrets-version.ts';
import { out, printJson } from './terminal.ts';

export async function importSecrets(args: Arguments, api: FlyApi, signal: AbortSignal): Promise<void> {
  const described = await compactApp(args, api);
  const values = parseSecrets((await buffer(process.stdin)).toString('utf8'));
  await update(args, api, { values, described, signal });
}

export async function setSecrets(args: Arguments, api: FlyApi, signal: AbortSignal): Promise<void> {
  const described = await compactApp(args, api);
  const values = Object.fromEntries(args.words.map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
  await update(args, api, { values, described, signal });
}

interface Change {
  readonly values: Readonly<Record<string, string>>;
  readonly described: { readonly name: string; readonly deployed: boolean };
  readonly signal: AbortSignal;
}

async function update(args: Arguments, api: FlyApi, { values, described, signal }: Change): Promise<void> {
  const app = described.name;
  if (Object.keys(values).length === 0) throw new CommandError('requires at least one SECRET=VALUE pair');
  const { version } = await api.flaps('POST', `${app}/secrets`, { body: { values } }).catch((error) => {
    throw new CommandError(`update secrets: failed to update app secrets: ${messageOf(error)}`, {
      cause: error,
    });
  });
  noteSecretsVersion(app, version);
  if (args.flags.has('stage')) {
    const then = 'Deploy or update machines in this app for the secrets to take effect.';
    out(`Secrets have been staged, but not set on VMs. ${then}`);
    return;
  }
  const machines = await appMachines(api, app, signal);
  if (!described.deployed && machines.length === 0) out('Secrets are staged for the first deployment');
  else await restartWithSecrets(args, { api, app, signal });
}

export async function deploySecrets(args: Arguments, api: FlyApi, signal: AbortSignal): Promise<void> {
  const { name: app, deployed } = await compactApp(args, api);
  const machines = await appMachines(api, app, signal);
  if (!deployed || machines.length === 0) {
    const when = 'if the app has been deployed and there are machines available';
    throw new CommandError('no machines available to deploy', {
      advice: `'fly secrets deploy' will only work ${when}\n\nTry 'fly deploy' first\n`,
    });
  }
  await appMachines(api, app, signal);
  await restartWithSecrets(args, { api, app, signal });
}

interface Listed {
  readonly name: string;
  readonly digest: string;
  readonly updated_at: string;
}

/** Whether a secret is live is guessed from times: of its change, and of the releases that the machines run. */
export async function listSecrets(args: Arguments, api: FlyApi): Promise<void> {
  const app = appName(args);
  const { secrets }: { secrets: Listed[] } = await api.flaps('GET', `${app}/secrets`);
  const machines = await appMachines(api, app);
  const answer = await api.uiex('GET', `apps/${app}/releases?limit=20`);
  const { releases = [] } = answer.status === 200 ? JSON.parse(answer.text) : {};
  const created = new Map<string, number>(
    releases.map((release: { version: number; created_at: string }) => [
      String(release.version),
      Date.parse(release.created_at),
    ]),
  );
  const times = machines.map(({ config }) => created.get(config?.metadata?.fly_release_version ?? '') ?? 0);
  printJson(
    secrets.map(({ name, digest, updated_at: at }) => ({ name, digest, status: statusOf(at, times) })),
  );
}

function statusOf(updatedAt: string, releasedAt: readonly number[]): string {
  const since = Date.parse(updatedAt);
  const having = releasedAt.filter((at) => at >= since).length;
  if (having === 0) return 'Staged';
  return having === releasedAt.length ? 'Deployed' : 'Partial';
}
