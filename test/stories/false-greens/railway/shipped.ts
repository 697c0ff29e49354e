import { commits } from '#local-cloud';
import { homeCheck } from '../checks.ts';
import type { Ground } from './ground.ts';

/** Deploys a version that is found good, as the run before did. */
export async function shipped({ belay, release }: Ground, version: 'v2' | 'v3'): Promise<void> {
  release({ version, commit: commits[version] });
  const { outcome } = await belay('railway-up', { checks: homeCheck }, { sha: commits[version] });
  if (outcome !== 'live') throw new Error(`${version} should be live; its deploy ended ${outcome}`);
}
