/** The door of core for every action. What only some use has a door of its own in `doors/`. */

export type { ActionDefinition, ActionResult } from './action/action.ts';
export { commonEndings, type Ending, endingsOf, unjudgedReasons } from './action/endings.ts';
export type { Ports } from './action/ports.ts';
export { runAction } from './action/run-action.ts';
export { runFactsOf } from './deployment/run-facts.ts';
export { startTimeBudget, type TimeBudget } from './deployment/time-budget.ts';
export { untrustedRun } from './deployment/untrusted.ts';
export type { UntrustedRun } from './gates/untrusted-run.ts';
export type { Clock } from './io/clock.ts';
export { HttpError } from './io/http.ts';
export { httpFailure } from './io/http-failure.ts';
export { ActionFailure, errorMessage, type FailureText } from './outcome/failure.ts';
export { type Serving, servings } from './outcome/outcome.ts';
export { type ActionKind, type OutcomeGroup, outcomeGroup, outcomeGroups } from './outcome/outcome-group.ts';
export { reasons } from './outcome/reasons.ts';
export type { Live, PlatformFailure, Release } from './platforms/platform.ts';
export { openingReasons, refusingReasons, switchingReasons } from './platforms/registry/reasons.ts';
export type { MainEnd, PostReport } from './report/post-report.ts';
export { type RunnerContext, runUrl } from './runner/runner.ts';
export { testedCommit } from './runner/tested-commit.ts';
export { durationText } from './text/duration.ts';
export { filesMatching } from './text/globs.ts';
export { code, details, escapeMarkdown, factsTable, link, table } from './text/markdown.ts';
