import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demo } from '#local-cloud';
import type { Deployment } from '../../../../packages/local-cloud/src/railway/deployment.ts';
import type { Seen } from '../case.ts';
import { homePages } from '../home-pages.ts';
import type { Ground } from './ground.ts';

/** Asks from outside, and lists the replicas. */
export async function witness({ stage, web }: Ground): Promise<Seen> {
  const answers = await homePages(stage.cloud, demo.railway.host);
  const running = web.deployments
    .flatMap((deployment) =>
      deployment.replicas.filter(({ status }) => status === 'RUNNING').map(() => versionOf(deployment)),
    )
    .sort();
  return { answers, running: { [demo.railway.service]: running } };
}

function versionOf({ content }: Deployment): string {
  if (content.kind !== 'tree') return 'unknown';
  return JSON.parse(readFileSync(join(content.dir, 'release.json'), 'utf8')).version;
}
