/** The door of Fly's folder, for the action that deploys to Fly; all others know platforms by the registry. */

export type { FlySource } from './adapter.ts';
export { type AskedFly, askFly } from './ask.ts';
export { buildImage, buildLabel, deployLabel, flyBuildCommand } from './build/build.ts';
export { FlyBuildFirst } from './build/build-first.ts';
export {
  imageRefOf,
  releaseCommandOf,
  requiredFile,
  resolveImage,
  usedConfig,
  validateConfig,
} from './deploy/app-config.ts';
export { type FlyBuild, type FlyMachines, flyBuilders } from './deploy/deploy-flags.ts';
export { flyFingerprint } from './deploy/fingerprint.ts';
export { assertReady } from './deploy/ready.ts';
export { keepRoom } from './deploy/room.ts';
export { installFlyctl } from './flyctl/install.ts';
export { platform } from './index.ts';
export {
  absentFlyToken,
  flyAcceptInput,
  flyFleetRules,
  flyInputs,
  flyNeeded,
  flyScopeInputs,
  flyStrategyInputs,
} from './inputs.ts';
export { assertScope } from './machines/assert-scope.ts';
export type { FleetScope } from './machines/scope.ts';
export { type FlySize, sizePresets, unheededSize } from './machines/size.ts';
export { type FlyAccount, type FlyBefore, type OpenFly, openFly, openFlyAccount } from './open.ts';
export { flyOpeningReasons, flyRefusingReasons, flySwitchingReasons } from './reasons.ts';
export { openReviewApps } from './review/open-review-apps.ts';
export { reviewAppName, reviewedPullRequest, secondReviewAppName } from './review/review-app.ts';
export {
  type Destroyed,
  type Prepared,
  type ReviewApp,
  type ReviewAppOwnership,
  ReviewApps,
} from './review/review-apps.ts';
export { unfitSecret } from './secrets/secret-lines.ts';
export { areOlder, SecretStaging, secretsFingerprint } from './secrets/secrets.ts';
export { findSnapshotSource } from './snapshot/find-snapshot-source.ts';
export type { Snapshot, SnapshotSource } from './snapshot/snapshot-source.ts';
export { takeSnapshot } from './snapshot/take-snapshot.ts';
export type { FlyTokenNeed } from './token/token-advice.ts';
export { withFlyToken } from './token/with-token.ts';
export { flyctl } from './tool.ts';
