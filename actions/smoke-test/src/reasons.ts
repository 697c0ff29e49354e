import type { ReasonCode } from '#core';

/** Every reason this action reports. */
export const reasonCodes = [
  'verified',
  'checks-failed',
  'not-stable',
  'out-of-time',
  'runner-network',
  'checks-error',
  'checks-invalid',
  'input-invalid',
  'cancelled',
  'bug',
] as const satisfies readonly ReasonCode[];
