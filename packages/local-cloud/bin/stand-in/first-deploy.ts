import type { FlyApi } from './api.ts';
import type { Arguments } from './arguments.ts';
import { out } from './terminal.ts';

export type Reach = 'public' | 'private' | 'none';

/** Who is to reach the app: of interest at its first deploy alone. */
export function reachOf(args: Arguments): Reach {
  if (args.flags.has('flycast')) return 'private';
  return args.flags.has('no-public-ips') ? 'none' : 'public';
}

interface Place {
  readonly api: FlyApi;
  readonly app: string;
  readonly organization: string;
}

/** An app that has no address gets two, or one of the private network. */
export async function provisionIps({ api, app, organization }: Place, reach: Reach): Promise<void> {
  if (reach === 'none') return;
  const { ips } = await api.flaps('GET', `${app}/ip_assignments`);
  if (ips.length > 0) return;
  const assign = async (type: string): Promise<string> => {
    const body = { type, region: '', org_slug: organization, network: '', service_name: '' };
    return (await api.flaps('POST', `${app}/ip_assignments`, { body })).ip;
  };
  if (reach === 'private') {
    out(`Provisioning ip address for ${app}`);
    out(`  Private ipv6: ${await assign('private_v6')}\n`);
    return;
  }
  out(`Provisioning ips for ${app}`);
  out(`  Dedicated ipv6: ${await assign('v6')}`);
  out(`  Shared ipv4: ${await assign('shared_v4')}\n  Add a dedicated ipv4 with: fly ips allocate-v4\n`);
}
