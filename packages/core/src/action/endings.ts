import type { ReasonCode } from '../reasons.ts';
import type { ActionResult } from './action.ts';

/** A way an action can end. Each action's `reasons.ts` exports its own as `endings`; the docs list them. */
export interface Ending {
  readonly outcome: ActionResult['outcome'];
  readonly reason: ReasonCode;
}

/** The endings of one outcome: `endingsOf('live', ['verified', 'platform-only'])`. */
export function endingsOf(outcome: Ending['outcome'], reasons: readonly ReasonCode[]): readonly Ending[] {
  return reasons.map((reason) => ({ outcome, reason }));
}

/** The endings `runAction` gives every action. */
export const commonEndings: readonly Ending[] = [
  ...endingsOf('cancelled', ['cancelled']),
  ...endingsOf('error', ['input-invalid', 'bug']),
];

/** Why a rollout can end without a judgement: its checks came to none, or nobody could be asked what serves. */
export const unjudgedReasons = [
  'runner-network',
  'unreachable-before',
  'platform-unreachable',
  'not-stable',
  'out-of-time',
  'too-few-samples',
  'interrupted',
  'both-down',
  'watch-incomplete',
  'condition-false',
  'checks-error',
  'deployment-protected',
] as const satisfies readonly ReasonCode[];

/** What can be wrong before a rollout on Fly has begun: the checks, the client, the token, the app, the time. */
export const openingReasons = [
  'token-rejected',
  'token-kind',
  'app-not-found',
  'checks-invalid',
  'install-failed',
  'tool-missing',
  'checksum-mismatch',
  'download-refused',
  'proxy-unusable',
  'tls-unverified',
  'runner-unwritable',
  'platform-error',
  'platform-unreachable',
  'rate-limited',
  'deploy-timeout',
] as const satisfies readonly ReasonCode[];

/** What can go wrong after Fly has begun to change machines. */
export const switchingReasons = [
  'unhealthy',
  'crashed',
  'incomplete',
  'no-capacity',
  'wrong-image',
  'lease-held',
  'rate-limited',
  'platform-error',
  'platform-unreachable',
  'token-rejected',
  'token-kind',
  'deploy-failed',
  'deploy-timeout',
  'checks-failed',
] as const satisfies readonly ReasonCode[];

/** What can keep Fly from making a release of an image that is there. */
export const refusingReasons = [
  'release-not-created',
  'app-not-found',
  'image-not-found',
  'config-invalid',
] as const satisfies readonly ReasonCode[];
