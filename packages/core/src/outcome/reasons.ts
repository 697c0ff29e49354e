import { platformReasons } from '../platforms/registry/reasons.ts';
import { checkReasons } from './check-reasons.ts';
import { errorReasons } from './error-reasons.ts';
import { rolloutReasons } from './rollout-reasons.ts';

/** Every reason Belay reports, with its sentence and advice. An action's `reasons.ts` selects its subset; action-docs.md renders them. */
export const reasons = { ...rolloutReasons, ...platformReasons, ...checkReasons, ...errorReasons } as const;

export type ReasonCode = keyof typeof reasons;

/** Whether a failure's code is one of the reasons callers may branch on. */
export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(reasons, code);
}
