/** The public door of core: actions import only from here. */

export type { ActionDefinition, ActionResult, Annotation } from './action/action.ts';
export { Cancelled } from './action/cancelled.ts';
export { runAction } from './action/run-action.ts';
export type { Clock } from './clock.ts';
export { systemClock } from './clock.ts';
export type { FailureText } from './failure.ts';
export { ActionFailure, failureLine } from './failure.ts';
export { createHttp, type HttpOptions } from './http/create-http.ts';
export { parseJson } from './http/json.ts';
export * from './http.ts';
export * from './inputs/common-inputs.ts';
export type { Input, InputSource, Presence } from './inputs/input.ts';
export type { InputRule, Inputs, InputValues } from './inputs/inputs.ts';
export { defineInputs } from './inputs/inputs.ts';
export { block, choice, duration, flag, integer, path, text } from './inputs/kinds.ts';
export { lines, pairs, secretPairs } from './inputs/lists.ts';
export { secret } from './inputs/secret.ts';
export { nearest } from './nearest.ts';
export type { CheckOutcome, Outcome, Serving } from './outcome.ts';
export type { Ports } from './ports.ts';
export { createTools, type ToolsOptions } from './process/create-tools.ts';
export * from './process.ts';
export type { Reason, ReasonCode } from './reasons.ts';
export { reasons } from './reasons.ts';
export * from './retry.ts';
export type { Place, Runner, RunnerContext } from './runner/runner.ts';
export { runUrl } from './runner/runner.ts';
