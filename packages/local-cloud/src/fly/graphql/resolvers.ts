import { GraphQLError } from 'graphql';
import { assertMayChange, maySee } from '../access.ts';
import { parseImageRef } from '../image-ref.ts';
import {
  currentRelease,
  type FlyApp,
  isDeployed,
  type Organization,
  type Release,
  type Token,
} from '../model.ts';
import type { FlyImage } from '../settings.ts';
import type { FlyWorld } from '../world.ts';
import { connection, type Page } from './connection.ts';

export interface Viewer {
  readonly world: FlyWorld;
  readonly token: Token;
}

function refused(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** Root fields of `schema.graphql`. Fields below are plain values, or functions where they take arguments. */
export const resolvers = {
  app: ({ name }: { name?: string }, { world, token }: Viewer) => {
    const app = world.apps.get(name ?? '');
    if (app === undefined || !maySee(token, app)) throw refused('Could not find App', 'NOT_FOUND');
    return appFields(app, world);
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
  nearestRegion: () => ({
    code: 'iad',
    name: 'Ashburn, Virginia (US)',
    gatewayAvailable: true,
    deprecated: false,
  }),
  validateWireGuardPeers: ({ input }: { input: { peerIps: string[] } }, { token }: Viewer) => {
    assertMayChange(token);
    return { invalidPeerIps: input.peerIps, validPeerIps: [] };
  },
  // No tunnel leads out of here. flyctl then reads logs over HTTP, as it does where UDP is blocked.
  addWireGuardPeer: () => {
    throw refused('WireGuard is not available', 'UNPROCESSABLE');
  },
};

function appFields(app: FlyApp, world: FlyWorld) {
  const newestFirst = app.releases.toReversed().map((release) => releaseFields(release, app, world));
  const deployed = isDeployed(app);
  return {
    id: app.id,
    internalNumericId: app.number,
    name: app.name,
    hostname: `${app.name}.fly.dev`,
    appUrl: `https://${app.name}.fly.dev`,
    cnameTarget: `${app.id}.${app.name}.fly.dev`,
    createdAt: app.createdAt,
    deployed,
    status: deployed ? 'deployed' : 'pending',
    state: deployed ? 'DEPLOYED' : 'PENDING',
    network: null,
    platformVersion: 'machines',
    version: currentRelease(app)?.version ?? 0,
    role: null,
    organization: organizationFields(app.organization),
    currentReleaseUnprocessed: newestFirst.at(0) ?? null,
    releases: (page: Page) => connection(newestFirst, page),
    releasesUnprocessed: ({ status, ...page }: Page & { status?: string }) =>
      connection(
        newestFirst.filter((release) => status === undefined || release.status === status),
        page,
      ),
    egressIpAddresses: (page: Page) => connection([], page),
    machines: ({ active, ...page }: Page & { active?: boolean }) =>
      connection(
        [...app.machines.values()].filter(({ state }) => state !== 'destroyed' || active === false),
        page,
      ),
    image: ({ ref }: { ref: string }) => imageFields(world.doors.images.resolve(ref)),
  };
}

function releaseFields(release: Release, app: FlyApp, world: FlyWorld) {
  return {
    id: release.id,
    version: release.version,
    status: release.status,
    description: 'Release',
    reason: '',
    stable: release.status === 'complete',
    inProgress: release.status === 'pending' || release.status === 'running',
    deploymentStrategy: release.strategy,
    imageRef: release.imageRef,
    image: () => imageFields(world.doors.images.resolve(release.imageRef)),
    configDefinition: release.definition,
    metadata: release.metadata,
    createdAt: release.createdAt,
    updatedAt: release.updatedAt,
    user: { ...release.user, enablePaidHobby: false },
    app: app.name,
  };
}

/** A deploy uses `ref`, never what the user typed: so it names the digest. */
function imageFields(image: FlyImage | undefined) {
  if (image === undefined) return null;
  const { registry, repository, tag } = parseImageRef(image.ref);
  const ref = `${registry}/${repository}@${image.digest}`;
  return {
    id: `img_${image.digest.slice(7, 19)}`,
    digest: image.digest,
    ref,
    absoluteRef: ref,
    label: tag,
    registry,
    repository,
    tag,
    // flyctl decodes a string of digits.
    compressedSizeFull: '22000000',
    manifest: {},
  };
}

function organizationFields({ id, number, slug, name }: Organization) {
  return {
    id,
    internalNumericId: String(number),
    slug,
    rawSlug: slug,
    name,
    type: 'SHARED',
    paidPlan: false,
    billable: true,
    viewerRole: 'admin',
  };
}
