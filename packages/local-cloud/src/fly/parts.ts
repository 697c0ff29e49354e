import type { EmulatedPart } from '../service.ts';

/** What of Fly is emulated, in the words of its documentation; every route is in one of them. */
export const flyParts: readonly EmulatedPart[] = [
  {
    part: 'Machines',
    does: 'listed, read, made, updated, started, stopped, suspended, restarted, signalled, cordoned, waited for, destroyed; `exec`, events, versions. Each runs its image as a process',
    routes: ['flaps.machines.*'],
  },
  {
    part: 'Leases and metadata of machines',
    does: 'with nonces and expiry; the metadata that deploys keep',
    routes: ['flaps.lease.*', 'flaps.metadata.*'],
  },
  {
    part: 'Proxy',
    does: '`*.fly.dev` to the machines that are up, by services, ports and checks; it wakes and stops them',
    routes: ['app'],
  },
  {
    part: 'Apps',
    does: 'listed, read, made, destroyed; names that others have',
    routes: ['flaps.apps.*', 'graphql.app', 'graphql.apps'],
  },
  {
    part: 'Releases',
    does: 'written by flyctl, with state, image and configuration; all strategies of `fly deploy`',
    routes: [
      'uiex.releases.*',
      'graphql.app.releases',
      'graphql.app.current-release',
      'graphql.canPerformBluegreenDeployment',
    ],
  },
  {
    part: 'Registry',
    does: 'tags that move and digests that stay, of images of the catalogue; a build is noted, and done by the stand-in',
    routes: ['registry.push', 'uiex.builds.*', 'graphql.app.image', 'graphql.latestImageDetails'],
  },
  {
    part: 'Secrets',
    does: 'set, staged, listed by digest, removed; in a machine’s environment from its next update on',
    routes: ['flaps.secrets.*'],
  },
  {
    part: 'Volumes and snapshots',
    does: 'attached to machines, in regions; snapshots that take a while',
    routes: ['flaps.volumes.*', 'flaps.snapshots.*', 'graphql.volume'],
  },
  {
    part: 'Postgres',
    does: 'clusters of Managed Postgres and their backups; apps of the first generation',
    routes: ['uiex.postgres.*'],
  },
  {
    part: 'Addresses and certificates',
    does: 'public and private, shared and dedicated; certificates that are issued after a while',
    routes: [
      ...['flaps.ips.*', 'flaps.certificates.*', 'graphql.app.ip-addresses', 'graphql.app.egress-ips'],
      ...['graphql.allocateIpAddress', 'graphql.releaseIpAddress'],
    ],
  },
  {
    part: 'Tokens and organizations',
    does: 'tokens of an organization, of an app, and those that only read, each with its rights; who one is',
    routes: [
      ...['uiex.organizations.get', 'graphql.viewer', 'graphql.organizations', 'graphql.organization'],
    ],
  },
  { part: 'Logs', does: 'of an app or a machine, by polling', routes: ['uiex.logs'] },
  {
    part: 'Regions',
    does: 'those there are, and the nearest',
    routes: ['graphql.nearestRegion', 'graphql.platform'],
  },
  {
    part: 'WireGuard',
    does: 'peers are answered; no tunnel is built',
    routes: ['graphql.validateWireGuardPeers', 'graphql.addWireGuardPeer'],
  },
  {
    part: 'flyctl’s versions',
    does: 'the newest, and whether one may still be used',
    routes: ['site.flyctl.*'],
  },
];
