import { appRoutes } from './app-routes.ts';
import { certificateRoutes } from './certificate-routes.ts';
import { flyctlReleaseRoutes } from './flyctl-releases.ts';
import { ipRoutes } from './ip-routes.ts';
import { machineChangeRoutes } from './machine-changes.ts';
import { execRoutes } from './machine-exec.ts';
import { leaseRoutes } from './machine-leases.ts';
import { metadataRoutes } from './machine-metadata.ts';
import { machineReadRoutes } from './machine-reads.ts';
import { managedPostgresRoutes } from './managed-postgres.ts';
import { registryRoutes } from './registry.ts';
import type { Route } from './route.ts';
import { secretRoutes } from './secret-routes.ts';
import { uiexRoutes } from './uiex.ts';
import { volumeRoutes } from './volume-routes.ts';

/** Every REST route. Order matters where a fixed segment stands beside a parameter: the fixed one comes first. */
export const restRoutes: readonly Route[] = [
  ...appRoutes,
  ...ipRoutes,
  ...certificateRoutes,
  ...secretRoutes,
  ...volumeRoutes,
  ...machineReadRoutes,
  ...machineChangeRoutes,
  ...execRoutes,
  ...leaseRoutes,
  ...metadataRoutes,
  ...uiexRoutes,
  ...managedPostgresRoutes,
  ...flyctlReleaseRoutes,
  ...registryRoutes,
];

const graphqlRoutes = [
  { name: 'graphql.app', mutation: false },
  { name: 'graphql.app.image', mutation: false },
  { name: 'graphql.app.releases', mutation: false },
  { name: 'graphql.app.current-release', mutation: false },
  { name: 'graphql.app.egress-ips', mutation: false },
  { name: 'graphql.app.ip-addresses', mutation: false },
  { name: 'graphql.apps', mutation: false },
  { name: 'graphql.volume', mutation: false },
  { name: 'graphql.viewer', mutation: false },
  { name: 'graphql.organizations', mutation: false },
  { name: 'graphql.organization', mutation: false },
  { name: 'graphql.latestImageDetails', mutation: false },
  { name: 'graphql.canPerformBluegreenDeployment', mutation: false },
  { name: 'graphql.nearestRegion', mutation: false },
  { name: 'graphql.platform', mutation: false },
  { name: 'graphql.allocateIpAddress', mutation: true },
  { name: 'graphql.releaseIpAddress', mutation: true },
  { name: 'graphql.validateWireGuardPeers', mutation: true },
  { name: 'graphql.addWireGuardPeer', mutation: true },
];

/** The stable names of all routes, for faults and the journal. */
export const flyRoutes: readonly { readonly name: string; readonly mutation: boolean }[] = [
  ...restRoutes.map(({ name, mutation }) => ({ name, mutation })),
  ...graphqlRoutes,
];
