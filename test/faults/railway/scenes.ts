import { createHash } from 'node:crypto';
import {
  type CloudContext,
  commits,
  demo,
  type Fate,
  Railway,
  type ServiceFactory,
  shopTree,
} from '#local-cloud';
import { idOf } from '../../../packages/local-cloud/src/railway/ids.ts';
import type { KnownTarget } from '../known-target.ts';

/** The shop as a story finds it on Railway: v2 serves from two regions, v1 served before it, the ledger knows both. */
export interface RailwayScene {
  /** What becomes of the next deployment by Railway's own doing. */
  readonly fate?: Fate;
}

/** Folders of the workspace that can be uploaded. */
export const railwayFolders = {
  good: shopTree({ version: 'v3', commit: commits.v3 }),
  broken: shopTree({ version: 'v3', commit: commits.v3, settings: { SHOP_ROOT_STATUS: '500' } }),
} as const;

const { project, environment, service, workspace, token } = demo.railway;

export const railwaySeed: ServiceFactory<Railway> = (context: CloudContext) =>
  new Railway(context, (railway) => {
    railway.createProject({
      name: project,
      workspace: { name: workspace },
      services: {
        [service]: {
          settings: {
            healthcheckPath: '/healthz',
            healthcheckTimeout: 10,
            multiRegionConfig: { 'us-west2': { numReplicas: 1 }, 'europe-west4': { numReplicas: 1 } },
          },
          deployed: [
            { files: shopTree({ version: 'v1', commit: commits.v1 }), message: 'Show prices with tax' },
            { files: shopTree({ version: 'v2', commit: commits.v2 }), message: 'Speed up the search' },
          ],
        },
      },
    });
    railway.addToken({ kind: 'project', value: token, project, environment });
  });

/** Apart from Fly's records, which stand under GitHub's environment `production`. */
export const railwayLedger: KnownTarget = {
  platform: 'railway',
  target: `railway:${demo.railway.projectId}/${demo.railway.environmentId}/${demo.railway.serviceId}`,
  service,
  environment: 'railway',
  releases: [planted(1, commits.v1), planted(3, commits.v2)],
};

/** Ids are given in order: each deployment of a seed takes one for itself and one for its snapshot. */
function planted(nth: number, sha: string) {
  const [id, snapshot] = [idOf(`railway ${nth}`), idOf(`railway ${nth + 1}`)];
  const digest = `sha256:${createHash('sha256').update(snapshot).digest('hex')}`;
  return { sha, id, label: id.slice(0, 8), digest };
}
