import {
  type Ending,
  endingsOf,
  openingReasons,
  refusingReasons,
  switchingReasons,
  unjudgedReasons,
} from '#core';

/** How a rollback can end. */
export const endings: readonly Ending[] = [
  ...endingsOf('restored', ['verified', 'platform-only']),
  ...endingsOf('unchanged', ['already-live']),
  ...endingsOf('rejected', ['no-target', ...refusingReasons, ...switchingReasons]),
  ...endingsOf('stranded', [
    'no-target',
    'superseded',
    'restore-failed',
    'mixed-fleet',
    'unmanaged-machines',
    'incomplete',
    'platform-unreachable',
    'already-live-failing',
  ]),
  ...endingsOf('inconclusive', [...unjudgedReasons, 'switched-off']),
  ...endingsOf('blocked', ['fork']),
  ...endingsOf('rehearsed', ['dry-run']),
  ...endingsOf('error', openingReasons),
];
