/** The public door of core: actions import only from here. */

export type { FailureText } from './failure.ts';
export { ActionFailure, failureLine } from './failure.ts';
