import type { FlyApi } from './api.ts';
import type { Deployment, Machine } from './deployment.ts';
import { appMachineConfig } from './machine-config.ts';
import { err, out } from './terminal.ts';
import { awaitSmoke } from './watch-machine.ts';

/** An app that has no machines gets two addresses. */
export async function provisionIps(api: FlyApi, app: string, organization: string): Promise<void> {
  await api.flaps('GET', `${app}/machines`);
  await api.flaps('GET', `${app}/ip_assignments`);
  out(`Provisioning ips for ${app}`);
  const wanted = { region: '', org_slug: organization, network: '', service_name: '' };
  const v6 = await api.flaps('POST', `${app}/ip_assignments`, { body: { type: 'v6', ...wanted } });
  out(`  Dedicated ipv6: ${v6.ip}`);
  const v4 = await api.flaps('POST', `${app}/ip_assignments`, { body: { type: 'shared_v4', ...wanted } });
  out(`  Shared ipv4: ${v4.ip}\n  Add a dedicated ipv4 with: fly ips allocate-v4\n`);
}

/** … and two machines, one after the other, so that one may fail. */
export async function launchFirstMachines(deployment: Deployment): Promise<void> {
  out('This deployment will:\n * create 2 "app" machines\n');
  out('> Launching new machine');
  out('No machines in group app, launching a new machine');
  await launch(deployment, { mark: '>', first: true });
  out('Creating a second machine for high availability and zero downtime deployments.');
  out('To disable this, set "min_machines_running = 0" in your fly.toml.');
  await launch(deployment, { mark: '✔', first: false });
  err('Finished launching new machines');
}

async function launch(deployment: Deployment, how: { mark: string; first: boolean }): Promise<void> {
  const { api, app, config, release, waitSeconds, signal } = deployment;
  const region = config.primary_region ?? 'iad';
  const timeout = Math.min(60, Math.round(waitSeconds));
  const wanted = appMachineConfig(config, release, undefined);
  const body = { config: wanted, region, skip_secrets: false, lease_ttl: Math.round(waitSeconds) };
  const { id, nonce }: Machine = await api.flaps('POST', `${app}/machines`, { body, signal });
  out(`${how.mark} Machine ${id} [app] was created`);
  const path = `${app}/machines/${id}`;
  await awaitSmoke({ deployment, id, region });
  await api.flaps('GET', `${path}/wait?state=started&timeout=${timeout}`, { signal });
  await api.flaps('GET', path, { signal });
  if (how.first) await api.flaps('GET', `${path}/ps`).catch(() => undefined);
  out(`✔ Machine ${id} [app] update finished: success`);
  if (nonce !== undefined) await api.flaps('DELETE', `${path}/lease`, { nonce });
}
