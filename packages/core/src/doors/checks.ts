/** The door to running checks and to what is said of them, for the action and the command that do no more. */

export {
  type CommandDefinition,
  type CommandOption,
  type CommandPorts,
  calledAs,
} from '../action/command/command.ts';
export type { CheckResult, ChecksReport } from '../checks/check-result.ts';
export { providedVariables } from '../checks/provided.ts';
export type { AttemptProgress } from '../checks/run/options.ts';
export { urlCheck } from '../checks/url-check.ts';
export { validateChecks } from '../checks/validate-checks.ts';
export { VerdictWriter } from '../deployment/verdict-writer.ts';
export { keepHeapSmall } from '../io/heap.ts';
export { answeringPlatform } from '../platforms/registry/answering.ts';
export { checksAnnotations } from '../report/checks-annotations.ts';
export { writeChecksReport } from '../report/checks-files.ts';
export { checksHtml } from '../report/checks-html.ts';
export { checksJson } from '../report/checks-json.ts';
export { checksPage } from '../report/checks-page.ts';
export { checksTap } from '../report/checks-tap.ts';
export { checksTerminal } from '../report/checks-terminal.ts';
export { countsText, evidenceLines, progressText, worstP95 } from '../report/checks-text.ts';
export type { ReportSubject } from '../report/report-subject.ts';
export { inBatches } from '../runner/in-batches.ts';
