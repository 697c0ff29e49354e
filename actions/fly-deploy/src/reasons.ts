import { type Ending, endingsOf, unjudgedReasons } from '#core';
import { flyOpeningReasons, flyRefusingReasons, flySwitchingReasons } from '#core/fly';

/** How a deploy to Fly can end. */
export const endings: readonly Ending[] = [
  ...endingsOf('live', ['verified', 'platform-only']),
  ...endingsOf('unchanged', ['already-live']),
  ...endingsOf('rejected', [
    'snapshot-failed',
    'snapshot-timeout',
    'build-failed',
    'secrets-not-staged',
    'release-command-failed',
    'runner-unwritable',
    'strategy-refused',
    'superseded',
    ...flyRefusingReasons,
    ...flySwitchingReasons,
  ]),
  ...endingsOf('restored', [...flySwitchingReasons, 'restored-image-only', 'platform-only']),
  ...endingsOf('stranded', [
    'on-failure-none',
    'barrier',
    'no-target',
    'superseded',
    'mixed-fleet',
    'unmanaged-machines',
    'incomplete',
    'platform-unreachable',
    'restore-failed',
    'already-live-failing',
  ]),
  ...endingsOf('inconclusive', [...unjudgedReasons, 'switched-off']),
  ...endingsOf('blocked', ['older-than-live', 'unmanaged-machines', 'fork', 'outdated', 'not-our-app']),
  ...endingsOf('rehearsed', ['dry-run']),
  ...endingsOf('done', ['installed', 'built']),
  ...endingsOf('done', ['review-app-destroyed', 'review-app-absent', 'pull-request-closed', 'swept', 'fork']),
  ...endingsOf('error', [...flyOpeningReasons, 'image-not-found', 'config-invalid', 'machines-not-found']),
  ...endingsOf('error', ['volume-not-found', 'volume-ambiguous', 'cluster-not-found', 'build-failed']),
  ...endingsOf('error', ['secret-missing', 'public-address', 'challenged']),
  ...endingsOf('error', ['app-not-created', 'app-not-destroyed']),
];
