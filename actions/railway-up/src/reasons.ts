import { type Ending, endingsOf, unjudgedReasons } from '#core';
import { railwayOpeningReasons, railwayRefusingReasons, railwaySwitchingReasons } from '#core/railway';

/** How a deploy to Railway can end. */
export const endings: readonly Ending[] = [
  ...endingsOf('live', ['verified', 'platform-only']),
  ...endingsOf('unchanged', ['already-live']),
  ...endingsOf('rejected', [
    'build-failed',
    'config-invalid',
    'skipped',
    'needs-approval',
    'waiting-for-ci',
    'deployment-not-made',
    'upload-refused',
    'upload-too-large',
    'upload-failed',
    'archive-changed',
    'superseded',
    'policy-refused',
    ...railwayRefusingReasons,
    ...railwaySwitchingReasons,
  ]),
  ...endingsOf('restored', [...railwaySwitchingReasons, 'platform-only']),
  ...endingsOf('stranded', [
    'already-live-failing',
    'on-failure-none',
    'barrier',
    'no-target',
    'superseded',
    'mixed-fleet',
    'incomplete',
    'platform-unreachable',
    'restore-failed',
  ]),
  ...endingsOf('inconclusive', [...unjudgedReasons, 'switched-off']),
  ...endingsOf('blocked', ['older-than-live', 'fork', 'outdated']),
  ...endingsOf('rehearsed', ['dry-run']),
  ...endingsOf('done', ['preview-removed', 'preview-absent', 'pull-request-closed', 'swept', 'fork']),
  ...endingsOf('error', ['environment-not-made', 'service-left-out']),
  ...endingsOf('error', [...railwayOpeningReasons, 'archive-unreadable', 'archive-too-many', 'challenged']),
];
