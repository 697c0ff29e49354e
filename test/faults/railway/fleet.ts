import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demo, type Railway } from '#local-cloud';
import { placesOf } from '../../../packages/local-cloud/src/railway/containers.ts';
import type { Deployment } from '../../../packages/local-cloud/src/railway/deployment.ts';
import type { Fleet } from '../fleet.ts';

const part = demo.railway.service;

/** What the service's deployments run and ought to, in each of their regions. */
export function railwayFleetOf(railway: Railway): Fleet {
  const active = deploymentsOf(railway).filter(({ isActive }) => isActive);
  const replicas = active.flatMap((deployment) =>
    deployment.replicas
      .filter(({ status }) => status === 'RUNNING')
      .map(({ region }) => ({ region, version: versionOf(deployment) })),
  );
  return {
    owed: byRegion(
      active.flatMap(({ settings }) => placesOf(settings)),
      (region) => region,
      (own) => own.length,
    ),
    running: byRegion(
      replicas,
      ({ region }) => region,
      (own) => own.map(({ version }) => version).sort(),
    ),
    unasked: [],
    lost: {},
    instances: active.flatMap(({ id, replicas }) => replicas.map((replica) => `${id} ${replica.id}`)).sort(),
  };
}

/** Oldest first. */
export function deploymentsOf({ world }: Railway): readonly Deployment[] {
  return (
    world.environment(demo.railway.environmentId)?.instances.get(demo.railway.serviceId)?.deployments ?? []
  );
}

/** What it says of itself when it is asked. */
export function versionOf({ content }: Deployment): string {
  if (content.kind !== 'tree') return 'nothing known';
  return JSON.parse(readFileSync(join(content.dir, 'release.json'), 'utf8')).version;
}

function byRegion<T, R>(
  all: readonly T[],
  regionOf: (one: T) => string,
  of: (own: readonly T[]) => R,
): Record<string, R> {
  const regions = Map.groupBy(all, regionOf);
  return Object.fromEntries([...regions].map(([region, own]) => [`${part}/${region}`, of(own)]));
}
