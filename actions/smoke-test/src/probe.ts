import type { AttemptProgress, ChecksReport, InputValues, Ports } from '#core';
import { loadChecks, runChecks, urlCheck, validateChecks } from '#core';
import type { inputs } from './inputs.ts';

type Given = InputValues<typeof inputs>;

/** Loads the checks and runs them until they pass or fail for good. */
export async function probe(
  given: Given,
  { runner, clock, signal }: Pick<Ports, 'runner' | 'clock' | 'signal'>,
  onProgress: (progress: AttemptProgress) => void,
): Promise<ChecksReport> {
  const { workspace, apiUrl, sha } = runner.context;
  const file = await loadChecks(given.checks ?? urlCheck, {
    root: workspace,
    folder: given.workingDirectory,
  });
  return runChecks(file, {
    variables: variablesOf(given, sha),
    secrets: given.checkSecrets,
    protectionBypass: given.protectionBypass,
    ...(given.only.length === 0 ? {} : { only: new Set(given.only) }),
    ...(given.tags.length === 0 ? {} : { tags: new Set(given.tags) }),
    mode: 'full',
    budgetMs: given.timeoutMs,
    controlUrl: apiUrl,
    env: runner.env,
    onProgress,
    onNote: (line) => runner.info(line),
    onSecret: (value) => runner.mask(value),
    clock,
    signal,
  });
}

/** Reads the checks and fills them in without sending anything; answers how many there are. */
export function validate(given: Given, { context }: Ports['runner']): Promise<number> {
  return validateChecks(given.checks ?? urlCheck, {
    root: context.workspace,
    folder: given.workingDirectory,
    variables: variablesOf(given, context.sha),
    secrets: given.checkSecrets,
  });
}

/** What every check file may use without being told, and what the step says itself. */
function variablesOf(given: Given, sha: string | undefined): Readonly<Record<string, string>> {
  const { environment, service, url, checkVariables } = given;
  return {
    environment,
    ...(service === undefined ? {} : { service }),
    ...(sha === undefined ? {} : { sha }),
    ...(url === undefined ? {} : { url }),
    ...checkVariables,
  };
}
