import type { Ending, ReasonCode } from '#core';

const all = (outcome: Ending['outcome'], reasons: readonly ReasonCode[]) =>
  reasons.map((reason): Ending => ({ outcome, reason }));

/** How a rollback can end. */
export const endings: readonly Ending[] = [
  ...all('restored', ['verified', 'platform-only']),
  ...all('unchanged', ['already-live']),
  ...all('rejected', [
    'release-not-created',
    'lease-held',
    'rate-limited',
    'platform-error',
    'platform-unreachable',
    'token-rejected',
    'token-kind',
    'image-not-found',
    'deploy-failed',
    'deploy-timeout',
  ]),
  ...all('stranded', [
    'no-target',
    'superseded',
    'restore-failed',
    'mixed-fleet',
    'platform-unreachable',
    'on-failure-none',
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
  ...all('blocked', ['fork']),
  ...all('rehearsed', ['dry-run']),
  ...all('error', [
    'token-rejected',
    'token-kind',
    'app-not-found',
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
