/** The public door of core: actions import only from here. */

export type { FailureText } from './failure.ts';
export { ActionFailure, failureLine } from './failure.ts';
export type { CheckFile } from './checks/check-file.ts';
export type { LoadOptions } from './checks/load-checks.ts';
export { loadChecks } from './checks/load-checks.ts';
export type { AttemptProgress, RunChecksOptions } from './checks/run/options.ts';
export { runChecks } from './checks/run/run-checks.ts';
export type {
  AssertionFailure,
  Attempt,
  CheckResult,
  ChecksReport,
  FailureClass,
  Phases,
  SourcePlace,
} from './checks/verdict.ts';
