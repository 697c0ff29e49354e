import type { ServiceIds } from '../api/api.ts';
import type { DeploymentAsked } from './asking-sender.ts';

/** A commit of the repository that the service is connected to. */
export interface CommitSource {
  readonly kind: 'commit';
  /** Whole. */
  readonly commit: string;
}

/** With the settings in force now. */
export function ofCommit(ids: ServiceIds, commitSha: string): DeploymentAsked {
  return {
    of: { commit: commitSha },
    ask: (api) => api.serviceInstanceDeployV2(ids, { commitSha }),
  };
}
