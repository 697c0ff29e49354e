/** The public door of core: actions import only from here. */

export type { ActionDefinition, ActionResult, Annotation } from './action/action.ts';
export { Cancelled } from './action/cancelled.ts';
export {
  commonEndings,
  type Ending,
  endingsOf,
  openingReasons,
  refusingReasons,
  switchingReasons,
  unjudgedReasons,
} from './action/endings.ts';
export { runAction } from './action/run-action.ts';
export { Evidence } from './binding/evidence.ts';
export { findTarget } from './binding/find-target.ts';
export { closeFly, installFlyctl, type OpenFly, openFly } from './binding/fly.ts';
export {
  existingFile,
  flyDeployCommand,
  releaseCommandOf,
  resolveImage,
  validateConfig,
} from './binding/fly-app.ts';
export { intentOf } from './binding/intent.ts';
export { rolloutResult } from './binding/result.ts';
export { type BoundRollout, bindRollout } from './binding/rollout.ts';
export { startTimeBudget, type TimeBudget } from './binding/time-budget.ts';
export type { CheckFile } from './checks/check-file.ts';
export type { LoadOptions } from './checks/load-checks.ts';
export { loadChecks } from './checks/load-checks.ts';
export { writeChecksReport } from './checks/report-files.ts';
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
export type { Clock } from './clock.ts';
export { systemClock } from './clock.ts';
export type { FailureText } from './failure.ts';
export { ActionFailure, failureLine } from './failure.ts';
export { createHttp, type HttpOptions } from './http/create-http.ts';
export { parseJson } from './http/json.ts';
export * from './http.ts';
export * from './inputs/common-inputs.ts';
export { flyInputs } from './inputs/fly-inputs.ts';
export type { Input, InputSource, Presence } from './inputs/input.ts';
export type { InputRule, Inputs, InputValues } from './inputs/inputs.ts';
export { defineInputs } from './inputs/inputs.ts';
export { block, choice, duration, flag, integer, path, shaped, text } from './inputs/kinds.ts';
export { lines, pairs, secretPairs } from './inputs/lists.ts';
export { secret } from './inputs/secret.ts';
export { flyctl } from './install/flyctl.ts';
export { type InstallOptions, type InstallPorts, installTool } from './install/install-tool.ts';
export type { InstalledTool, LatestSource, PublishedChecksum, System, ToolSpec } from './install/tool.ts';
export { nearest } from './nearest.ts';
export type { CheckOutcome, Outcome, Serving } from './outcome.ts';
export type { FlySource } from './platforms/fly/adapter.ts';
export type { Live, Release, Target } from './platforms/platform.ts';
export type { Ports } from './ports.ts';
export { createTools, type ToolsOptions } from './process/create-tools.ts';
export * from './process.ts';
export type { Reason, ReasonCode } from './reasons.ts';
export { reasons } from './reasons.ts';
export { checksAnnotations } from './report/checks-annotations.ts';
export { checksJson } from './report/checks-json.ts';
export { checksJunit } from './report/checks-junit.ts';
export { checksSummary } from './report/checks-summary.ts';
export { countsText, evidenceLines } from './report/checks-text.ts';
export {
  code,
  codeBlock,
  details,
  durationWords,
  escapeMarkdown,
  link,
  table,
} from './report/markdown.ts';
export * from './retry.ts';
export type { ChosenTarget, WantedTarget } from './rollout/choose-target.ts';
export { runRollout } from './rollout/driver.ts';
export type { RolloutPlan, RolloutVerdict } from './rollout/plan.ts';
export type { RolloutPorts } from './rollout/ports.ts';
export { resumeInPost } from './rollout/resume.ts';
export { readSaved } from './rollout/saved.ts';
export { describeLive } from './rollout/standing.ts';
export type { Place, Runner, RunnerContext } from './runner/runner.ts';
export { runUrl } from './runner/runner.ts';
export * from './settle.ts';
