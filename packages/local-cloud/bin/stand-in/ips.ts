import type { FlyApi } from './api.ts';
import { organizationQuery } from './app-queries.ts';
import type { Arguments } from './arguments.ts';
import { appName } from './config-file.ts';
import { askEgressIps } from './release.ts';
import { printTable } from './table.ts';
import { out, printJson } from './terminal.ts';

const listQuery =
  'query ($appName: String!) { app(name: $appName) { ipAddresses { nodes { id address type region createdAt network { name organization { slug } } serviceName } } sharedIpAddress } }';
const allocateQuery =
  'mutation($input: AllocateIPAddressInput!) { allocateIpAddress(input: $input) { ipAddress { id address type region createdAt } } }';
const shareQuery =
  'mutation($input: AllocateIPAddressInput!) { allocateIpAddress(input: $input) { app { sharedIpAddress } } }';
const releaseQuery =
  'mutation($input: ReleaseIPAddressInput!) { releaseIpAddress(input: $input) { clientMutationId } }';

interface Address {
  readonly id: string;
  readonly address: string;
  readonly type: string;
  readonly region: string | null;
  readonly createdAt: string;
}

/** The shared address is appended, with nothing known of it but what it is. */
export async function listIps(args: Arguments, api: FlyApi): Promise<void> {
  const name = appName(args);
  const { app } = await api.graphql({ query: listQuery, variables: { appName: name } });
  await askEgressIps(api, name);
  const shared: Address[] =
    app.sharedIpAddress === null
      ? []
      : [
          {
            id: '',
            address: app.sharedIpAddress,
            type: 'shared_v4',
            region: '',
            createdAt: '0001-01-01T00:00:00Z',
          },
        ];
  printJson([...app.ipAddresses.nodes, ...shared].map(asGoPrints));
}

function asGoPrints({ id, address, type, region, createdAt }: Address) {
  return {
    ID: id,
    Address: address,
    Type: type,
    Region: region ?? '',
    CreatedAt: createdAt,
    ServiceName: '',
    Network: null,
  };
}

export async function allocateV4(args: Arguments, api: FlyApi): Promise<void> {
  if (!args.flags.has('shared')) {
    await allocate(args, api, { type: 'v4', kind: 'public ingress (dedicated, $2/mo)' });
    return;
  }
  const input = { appId: appName(args), type: 'shared_v4', region: '' };
  const data = await api.graphql({ query: shareQuery, variables: { input } });
  const { sharedIpAddress: address } = data.allocateIpAddress.app;
  printTable(['VERSION', 'IP', 'TYPE', 'REGION'], [['v4', address, 'shared', 'global']]);
}

export async function allocateV6(args: Arguments, api: FlyApi): Promise<void> {
  if (!args.flags.has('private')) {
    await allocate(args, api, { type: 'v6', kind: 'public ingress (dedicated)' });
    return;
  }
  const slug = args.values.org ?? process.env.FLY_ORG;
  const org =
    slug === undefined ? undefined : await api.graphql({ query: organizationQuery, variables: { slug } });
  const id: string | undefined = org?.organization.id;
  await allocate(args, api, {
    type: 'private_v6',
    kind: 'private ingress',
    ...(id ? { organizationId: id } : {}),
  });
}

interface Wanted {
  readonly type: 'v4' | 'v6' | 'private_v6';
  readonly kind: string;
  readonly organizationId?: string;
}

async function allocate(args: Arguments, api: FlyApi, { type, kind, organizationId }: Wanted): Promise<void> {
  const appId = appName(args);
  const input = { appId, type, ...(organizationId ? { organizationId } : {}), region: '' };
  const data = await api.graphql({ query: allocateQuery, variables: { input } });
  const { address, region }: Address = data.allocateIpAddress.ipAddress;
  const row = [type === 'v4' ? 'v4' : 'v6', address, kind, region ?? '', 'just now'];
  printTable(['VERSION', 'IP', 'TYPE', 'REGION', 'CREATED AT'], [row]);
}

export async function releaseIps(args: Arguments, api: FlyApi): Promise<void> {
  const app = appName(args);
  for (const ip of args.words) {
    await api.graphql({ query: releaseQuery, variables: { input: { appId: app, ipAddressId: null, ip } } });
    out(`Released ${ip} from ${app}`);
  }
}
