/** The door to what every deploy and rollback has, whatever its platform. */

export { type Claim, postSeveral, runSeveral } from '../action/several/run-several.ts';
export { checkoutWarning } from '../deployment/checkout.ts';
export { deployPorts, type OpenDeploy, openDeploy, type Shipment } from '../deployment/open-deploy.ts';
export { type OpenRollback, openRollback } from '../deployment/open-rollback.ts';
export { runPost } from '../deployment/post.ts';
export {
  openPullRequests,
  type PageInputs,
  recordedTargets,
  retireRecords,
} from '../deployment/pull-request-page.ts';
export {
  blockedByForkRule,
  blockedResult,
  rehearsedResult,
  skippedForStrangers,
} from '../deployment/pull-request-results.ts';
export { rolloutResult } from '../deployment/result.ts';
export { candidatesOf } from '../deployment/rollback-choice.ts';
export { rollbackPage } from '../deployment/rollback-page.ts';
export type { BoundRollout } from '../deployment/rollout.ts';
export { runDeploy, runRollback } from '../deployment/run-rollout.ts';
export { shippingPlan } from '../deployment/shipping-plan.ts';
export { refusedRun } from '../deployment/untrusted.ts';
export { withCommands } from '../deployment/with-commands.ts';
export { withWarnings } from '../deployment/with-warnings.ts';
export { gatesInDryRun, noForcePasses } from '../gates/ask-gates.ts';
export type { ChangedFiles } from '../github/changed-files.ts';
export { type PullRequestEvent, pullRequestEvent } from '../github/event.ts';
export { type PullRequestState, PullRequests } from '../github/pull-request.ts';
export { begun } from '../io/begun.ts';
export { differingParts, type Fingerprint } from '../ledger/fingerprint.ts';
export { platformOf, platformOfMain } from '../platforms/registry/changing.ts';
export { shownTarget } from '../platforms/shown-target.ts';
export { dryRunSummary } from '../report/dry-run-summary.ts';
export { commentMarker, deployedComment, removedComment } from '../report/pull-request-comment.ts';
export type { Candidate } from '../rollout/candidates.ts';
export type { ChosenTarget } from '../rollout/choose-target.ts';
export { describeLive } from '../rollout/live-relation.ts';
export type { RolloutPlan, RolloutVerdict } from '../rollout/plan.ts';
export type { Allowance, RolloutPorts } from '../rollout/ports.ts';
export { rollbackMeanwhile } from '../rollout/rollback-meanwhile.ts';
export { servingBefore } from '../rollout/serving.ts';
