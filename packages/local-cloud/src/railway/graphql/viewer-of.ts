import type { IncomingHttpHeaders } from 'node:http';
import { callerOf } from '../access.ts';
import type { Deploys } from '../deploys.ts';
import type { RailwayWorld } from '../world.ts';
import { environmentFields, serviceFields } from './project-fields.ts';
import type { Viewer } from './viewer.ts';

/** Whoever sent these headers. */
export function viewerOf(
  { world, deploys }: { readonly world: RailwayWorld; readonly deploys: Deploys },
  headers: IncomingHttpHeaders,
): Viewer {
  const viewer: Viewer = {
    world,
    deploys,
    token: callerOf(world, headers),
    show: {
      environment: (environment) => environmentFields(environment, viewer),
      service: (service) => serviceFields(service, viewer),
    },
  };
  return viewer;
}
