import {
  type Ending,
  endingsOf,
  openingReasons,
  refusingReasons,
  switchingReasons,
  unjudgedReasons,
} from '#core';

/** How a deploy to Fly can end. */
export const endings: readonly Ending[] = [
  ...endingsOf('live', ['verified', 'platform-only']),
  ...endingsOf('unchanged', ['already-live']),
  ...endingsOf('rejected', [
    'build-failed',
    'release-command-failed',
    ...refusingReasons,
    ...switchingReasons,
  ]),
  ...endingsOf('restored', [...switchingReasons, 'restored-image-only', 'platform-only']),
  ...endingsOf('stranded', [
    'on-failure-none',
    'barrier',
    'no-target',
    'superseded',
    'mixed-fleet',
    'platform-unreachable',
    'restore-failed',
    'already-live-failing',
  ]),
  ...endingsOf('inconclusive', unjudgedReasons),
  ...endingsOf('blocked', ['older-than-live', 'fork', 'outdated', 'not-our-app']),
  ...endingsOf('rehearsed', ['dry-run']),
  ...endingsOf('done', ['installed']),
  ...endingsOf('done', ['review-app-destroyed', 'review-app-absent', 'pull-request-closed', 'swept', 'fork']),
  ...endingsOf('error', [...openingReasons, 'image-not-found', 'config-invalid']),
  ...endingsOf('error', ['app-not-created', 'app-not-destroyed']),
];
