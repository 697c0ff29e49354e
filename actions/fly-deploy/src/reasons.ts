import type { Ending, ReasonCode } from '#core';

/** What can be wrong with a release on its way. */
const failures = [
  'build-failed',
  'release-command-failed',
  'release-not-created',
  'unhealthy',
  'crashed',
  'lease-held',
  'rate-limited',
  'platform-error',
  'platform-unreachable',
  'token-rejected',
  'token-kind',
  'app-not-found',
  'image-not-found',
  'config-invalid',
  'deploy-failed',
  'deploy-timeout',
] as const satisfies readonly ReasonCode[];

const all = (outcome: Ending['outcome'], reasons: readonly ReasonCode[]) =>
  reasons.map((reason): Ending => ({ outcome, reason }));

/** How a deploy to Fly can end. */
export const endings: readonly Ending[] = [
  ...all('live', ['verified', 'platform-only']),
  ...all('unchanged', ['already-live']),
  ...all('rejected', failures),
  ...all('restored', [...failures, 'checks-failed', 'restored-image-only', 'platform-only']),
  ...all('stranded', [
    'on-failure-none',
    'barrier',
    'no-target',
    'superseded',
    'mixed-fleet',
    'platform-unreachable',
    'restore-failed',
    'already-live-failing',
  ]),
  ...all('inconclusive', [
    'runner-network',
    'unreachable-before',
    'platform-unreachable',
    'not-stable',
    'out-of-time',
    'checks-error',
  ]),
  ...all('blocked', ['older-than-live', 'fork']),
  ...all('rehearsed', ['dry-run']),
  ...all('done', ['installed']),
  ...all('error', [
    'token-rejected',
    'token-kind',
    'app-not-found',
    'image-not-found',
    'config-invalid',
    'checks-invalid',
    'install-failed',
    'tool-missing',
    'checksum-mismatch',
    'download-refused',
    'proxy-unusable',
    'platform-error',
    'platform-unreachable',
    'rate-limited',
    'deploy-timeout',
  ]),
];
