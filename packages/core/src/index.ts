/** The public door of core: actions import only from here. */

export type { ActionDefinition, ActionResult, MainEnd, PostReport } from './action/action.ts';
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
export { checkoutWarning } from './binding/checkout.ts';
export { Evidence } from './binding/evidence.ts';
export { findTarget } from './binding/find-target.ts';
export {
  type FlyAccount,
  installFlyctl,
  type OpenFly,
  openFly,
  openFlyAccount,
} from './binding/fly.ts';
export {
  flyDeployCommand,
  imageRefOf,
  releaseCommandOf,
  requiredFile,
  resolveImage,
  usedConfig,
  validateConfig,
} from './binding/fly-app.ts';
export { besideMarkdown } from './binding/fly-beside.ts';
export {
  build,
  buildImage,
  buildLabel,
  deployLabel,
  flyBuildCommand,
} from './binding/fly-build.ts';
export { FlyBuildFirst } from './binding/fly-build-first.ts';
export { flyFingerprint } from './binding/fly-fingerprint.ts';
export { flyHealth } from './binding/fly-health.ts';
export { leftWarnings, tidyUp } from './binding/fly-left.ts';
export { postOfFly } from './binding/fly-post.ts';
export { assertReady } from './binding/fly-ready.ts';
export { assertScope } from './binding/fly-scope.ts';
export { withFlyToken } from './binding/fly-token.ts';
export type { History } from './binding/history.ts';
export { intentOf } from './binding/intent.ts';
export { Judgement } from './binding/judgement.ts';
export { openPullRequests, openReviewApps, retireRecords } from './binding/open-review-apps.ts';
export { owedByRollback } from './binding/owed.ts';
export { rolloutResult } from './binding/result.ts';
export { type Destroyed, type ReviewApp, type ReviewAppStanding, ReviewApps } from './binding/review-apps.ts';
export { type BoundRollout, bindRollout } from './binding/rollout.ts';
export { startTimeBudget, type TimeBudget } from './binding/time-budget.ts';
export { refusedOnFly, untrustedRun } from './binding/untrusted.ts';
export { providedVariables } from './checks/provided.ts';
export { writeChecksReport } from './checks/report-files.ts';
export type { AttemptProgress } from './checks/run/options.ts';
export { urlCheck } from './checks/url-check.ts';
export { validateChecks } from './checks/validate-checks.ts';
export type { CheckResult, ChecksReport } from './checks/verdict.ts';
export { type Clock, systemClock } from './clock.ts';
export type { CommandDefinition, CommandOption, CommandPorts } from './command/command.ts';
export type { FailureText } from './failure.ts';
export { ActionFailure, errorMessage } from './failure.ts';
export { type Admission, askGates } from './gates/ask-gates.ts';
export type { UntrustedRun } from './gates/untrusted-run.ts';
export { filesMatching } from './globs.ts';
export { keepHeapSmall } from './heap.ts';
export { createHttp } from './http/create-http.ts';
export { type Http, HttpError, type HttpErrorKind, type HttpRequest } from './http.ts';
export { httpFailure } from './http-failure.ts';
export { address } from './inputs/address.ts';
export * from './inputs/common-inputs.ts';
export { durationText } from './inputs/duration.ts';
export {
  flyAcceptInput,
  flyFleetRules,
  flyScopeInputs,
  flyStrategyInputs,
} from './inputs/fly-fleet-inputs.ts';
export { flyInputs, flyNeeded } from './inputs/fly-inputs.ts';
export type { Input, Presence } from './inputs/input.ts';
export type { InputRule, Inputs, InputValues } from './inputs/inputs.ts';
export { defineInputs } from './inputs/inputs.ts';
export { block, choice, duration, flag, integer, path, shaped, text } from './inputs/kinds.ts';
export { lines, pairs, secretPairs } from './inputs/lists.ts';
export { names } from './inputs/names.ts';
export { secret } from './inputs/secret.ts';
export { flyctl } from './install/flyctl.ts';
export { type InstallOptions, installTool } from './install/install-tool.ts';
export type { InstalledTool, LatestSource, ToolSpec } from './install/tool.ts';
export type { ChangedFiles } from './ledger/changed-files.ts';
export { differingParts, type Fingerprint } from './ledger/fingerprint.ts';
export type { Ledger } from './ledger/ledger.ts';
export type { FlySource } from './platforms/fly/adapter.ts';
export { type FlyBuild, type FlyMachines, flyBuilders } from './platforms/fly/deploy-flags.ts';
export { findSnapshotSource } from './platforms/fly/find-snapshot-source.ts';
export { reviewAppName, reviewedPullRequest } from './platforms/fly/review-app.ts';
export { keepRoom } from './platforms/fly/room.ts';
export type { FleetScope } from './platforms/fly/scope.ts';
export { unfitSecret } from './platforms/fly/secret-lines.ts';
export { areOlder, SecretStaging, secretsMark } from './platforms/fly/secrets.ts';
export { type FlySize, sizePresets, unheededSize } from './platforms/fly/size.ts';
export type { Snapshot, SnapshotSource } from './platforms/fly/snapshot-source.ts';
export { takeSnapshot } from './platforms/fly/take-snapshot.ts';
export type { FlyTokenNeed } from './platforms/fly/token-advice.ts';
export type { Live, PlatformFailure, Release } from './platforms/platform.ts';
export type { Ports } from './ports.ts';
export { createTools } from './process/create-tools.ts';
export type { ToolRun } from './process.ts';
export { type PullRequestEvent, pullRequestEvent } from './pull-requests/event.ts';
export { type PullRequestState, PullRequests } from './pull-requests/pull-request.ts';
export { reasons } from './reasons.ts';
export { checksAnnotations } from './report/checks-annotations.ts';
export { checksHtml } from './report/checks-html.ts';
export { checksJson } from './report/checks-json.ts';
export { checksSummary } from './report/checks-summary.ts';
export { checksTap } from './report/checks-tap.ts';
export { checksTerminal } from './report/checks-terminal.ts';
export { countsText, evidenceLines, progressText, worstP95 } from './report/checks-text.ts';
export { code, escapeMarkdown, link, table } from './report/markdown.ts';
export { rehearsedSummary } from './report/rehearsed-summary.ts';
export { retry } from './retry.ts';
export type { Candidate } from './rollout/candidates.ts';
export type { ChosenTarget, WantedTarget } from './rollout/choose-target.ts';
export { runRollout } from './rollout/driver.ts';
export type { RolloutPlan, RolloutVerdict } from './rollout/plan.ts';
export type { Allowance, RolloutPorts } from './rollout/ports.ts';
export { rollbackMeanwhile } from './rollout/rollback-meanwhile.ts';
export { servingBefore } from './rollout/serving.ts';
export { describeLive } from './rollout/standing.ts';
export { type RunnerContext, runUrl } from './runner/runner.ts';
export { testedCommit } from './runner/tested-commit.ts';
export { type Settled, settle, settlePolicy } from './settle.ts';
