import { parseImageRef } from '../image-ref.ts';
import type { FlyApp, Machine } from '../machine.ts';
import type { IpAddress } from '../model.ts';
import { currentRelease, isDeployed, type Organization, type Release } from '../model.ts';
import type { FlyImage } from '../settings.ts';
import type { FlyWorld } from '../world.ts';
import { connection, type Page } from './connection.ts';

/** An `App` of the schema. Fields are plain values, or functions where they take arguments or lead far. */
export function appFields(app: FlyApp, world: FlyWorld) {
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
    role: app.role === '' ? null : { __typename: 'PostgresClusterAppRole', name: app.role },
    organization: organizationFields(app.organization),
    config: { definition: currentRelease(app)?.definition ?? {} },
    services: [],
    imageDetails: null,
    currentRelease: newestFirst.at(0) ?? null,
    currentReleaseUnprocessed: newestFirst.at(0) ?? null,
    releases: (page: Page) => connection(newestFirst, page),
    releasesUnprocessed: ({ status, ...page }: Page & { status?: string }) =>
      connection(
        newestFirst.filter((release) => status === undefined || release.status === status),
        page,
      ),
    egressIpAddresses: (page: Page) => connection([], page),
    ipAddresses: (page: Page) =>
      connection(app.ips.filter(({ type }) => type !== 'shared_v4').map(ipFields), page),
    // The shared address stands apart from the list: flyctl puts the two together.
    sharedIpAddress: app.ips.find(({ type }) => type === 'shared_v4')?.address ?? null,
    machines: ({ active, ...page }: Page & { active?: boolean }) =>
      connection(
        [...app.machines.values()]
          .filter(({ state }) => state !== 'destroyed' || active === false)
          .map((machine) => machineFields(machine, world)),
        page,
      ),
    image: ({ ref }: { ref: string }) => imageFields(world.doors.images.resolve(ref)),
  };
}

function machineFields(machine: Machine, world: FlyWorld) {
  const { id, name, state, region, config, instanceId, createdAt, updatedAt } = machine;
  return {
    id,
    name,
    state,
    region,
    config,
    instanceId,
    createdAt,
    updatedAt,
    app: () => appFields(machine.app, world),
    host: { id: 'host1' },
    ips: (page: Page) => connection([], page),
  };
}

export function ipFields({ id, address, type, region, createdAt }: IpAddress) {
  return { id, address, type, region, createdAt, network: null, serviceName: null };
}

function releaseFields(release: Release, app: FlyApp, world: FlyWorld) {
  return {
    id: release.id,
    version: release.version,
    status: release.status,
    description: 'Release',
    reason: '',
    evaluationId: null,
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

export function organizationFields({ id, number, slug, name }: Organization) {
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
    addOns: (page: Page) => connection([], page),
  };
}
