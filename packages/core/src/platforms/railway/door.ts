/** The door of Railway's folder, for the action that deploys to Railway; all others know platforms by the registry. */

export { deployMessage } from './api/deploy-message.ts';
export { deploymentUrl } from './api/target.ts';
export { type ArchiveListing, listArchive } from './archive/archive.ts';
export { emptyArchive } from './archive/archive-failures.ts';
export type { RailwaySource } from './deploy/deployer.ts';
export { commitServing, describeRedeploy, redeployOf } from './deploy/redeploy-source.ts';
export { isCheckOf, type RailwayMatch } from './find/match.ts';
export { foldersOf } from './folders.ts';
export { platform } from './index.ts';
export { type OpenRailway, openRailway } from './open.ts';
export { openPreviews, type RailwayPreviews } from './preview/open-previews.ts';
export { type PreviewRepository, previewedPullRequest, previewName } from './preview/preview-name.ts';
export { railwayOpeningReasons, railwayRefusingReasons, railwaySwitchingReasons } from './reasons.ts';
export type { BeforeUpload } from './settings/guards.ts';
