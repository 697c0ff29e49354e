import { GraphQLError } from 'graphql';
import { assertMayChange, maySee } from '../access.ts';
import { parseImageRef } from '../image-ref.ts';
import { assignAddress, releaseAddress } from '../ip-address.ts';
import type { FlyApp } from '../machine.ts';
import { type IpType, oneReleaseBehind, type Token } from '../model.ts';
import type { FlyWorld } from '../world.ts';
import { appFields, ipFields, organizationFields } from './app-fields.ts';
import { connection, type Page } from './connection.ts';
import { regions } from './regions.ts';

export interface Viewer {
  readonly world: FlyWorld;
  readonly token: Token;
  /** Answered as by a replica that has not heard of the newest release. */
  readonly isBehind?: true;
}

function refused(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

interface AllocateInput {
  readonly appId: string;
  readonly type: IpType;
  readonly region?: string;
}

interface ReleaseInput {
  readonly appId?: string;
  readonly ip?: string;
  readonly ipAddressId?: string;
}

function visibleApp(name: string, { world, token, isBehind }: Viewer): FlyApp {
  const app = world.apps.get(name);
  if (app === undefined || !maySee(token, app)) throw refused('Could not find App', 'NOT_FOUND');
  return isBehind ? oneReleaseBehind(app) : app;
}

/** Root fields of `schema.graphql`. Fields below are plain values, or functions where they take arguments. */
export const resolvers = {
  app: ({ name }: { name?: string }, viewer: Viewer) => {
    return appFields(visibleApp(name ?? '', viewer), viewer.world);
  },
  apps: ({ organizationId, ...page }: Page & { organizationId?: string }, { world, token }: Viewer) => {
    const visible = [...world.apps.values()]
      .filter((app) => maySee(token, app))
      .filter((app) => (organizationId ?? app.organization.id) === app.organization.id);
    return connection(
      visible.map((app) => appFields(app, world)),
      page,
    );
  },
  volume: ({ id }: { id: string }, { world, token }: Viewer) => {
    const app = [...world.apps.values()].find(({ volumes }) => volumes.has(id));
    if (app === undefined || !maySee(token, app)) throw refused('Could not find Volume', 'NOT_FOUND');
    return { id, app: () => appFields(app, world) };
  },
  allocateIpAddress: ({ input }: { input: AllocateInput }, { world, token }: Viewer) => {
    assertMayChange(token);
    const app = visibleApp(input.appId, { world, token });
    const { type, region } = input;
    const address = assignAddress(app, { type, ...(region ? { region } : {}) }, world.doors);
    return { app: () => appFields(app, world), ipAddress: type === 'shared_v4' ? null : ipFields(address) };
  },
  releaseIpAddress: ({ input }: { input: ReleaseInput }, { world, token }: Viewer) => {
    assertMayChange(token);
    const app = visibleApp(input.appId ?? '', { world, token });
    if (!releaseAddress(app, input.ip ?? input.ipAddressId ?? '')) {
      throw refused('Could not find IPAddress', 'NOT_FOUND');
    }
    return { app: () => appFields(app, world) };
  },
  viewer: (_: unknown, { token }: Viewer) => ({
    __typename: token.kind === 'deploy' ? 'Macaroon' : 'User',
    id: 'u1',
    email: token.email,
    name: token.email.split('@')[0],
    enablePaidHobby: false,
  }),
  organizations: (page: Page, { world, token }: Viewer) => {
    if (token.kind === 'deploy') throw refused('Not authorized to access this organization', 'UNAUTHORIZED');
    return connection([organizationFields(world.organization)], page);
  },
  organization: ({ slug }: { slug?: string }, { world }: Viewer) => {
    if (slug !== world.organization.slug) throw refused('Could not find Organization', 'NOT_FOUND');
    return organizationFields(world.organization);
  },
  latestImageDetails: ({ image }: { image: string }, { world }: Viewer) => {
    const found = world.doors.images.resolve(`registry.fly.io/${image}`) ?? world.doors.images.resolve(image);
    if (found === undefined) throw refused(`Unknown repository: ${image}`, 'NOT_FOUND');
    return { ...parseImageRef(found.ref), digest: found.digest, version: null };
  },
  canPerformBluegreenDeployment: () => true,
  nearestRegion: () => regions[0],
  platform: () => ({ requestRegion: regions[0].code, regions }),
  validateWireGuardPeers: ({ input }: { input: { peerIps: string[] } }, { token }: Viewer) => {
    assertMayChange(token);
    return { invalidPeerIps: input.peerIps, validPeerIps: [] };
  },
  // No tunnel leads out of here. flyctl then reads logs over HTTP, as it does where UDP is blocked.
  addWireGuardPeer: () => {
    throw refused('WireGuard is not available', 'UNPROCESSABLE');
  },
};
