import type { ActionDefinition, ActionResult, AttemptProgress, InputValues, Ports } from '#core';
import { loadChecks, runChecks, writeChecksReport } from '#core';
import { inputs } from './inputs.ts';
import { resultOf } from './result.ts';

/** Probes the running system and says whether it may be trusted. */
export const action: ActionDefinition = { name: 'smoke-test', run };

async function run({ runner, clock, tools, signal }: Ports): Promise<ActionResult> {
  const given = inputs.read(runner);
  const { workspace, temp, apiUrl, sha } = runner.context;
  const file = await loadChecks(given.checks, { root: workspace, folder: given.workingDirectory });
  const report = await runner.group('Attempts', () =>
    runChecks(file, {
      variables: { ...providedVariables(given, sha), ...given.checkVariables },
      secrets: given.checkSecrets,
      mode: 'full',
      budgetMs: given.timeoutMs,
      controlUrl: apiUrl,
      env: runner.env,
      onProgress: (progress) => runner.info(progressLine(progress)),
      clock,
      tools,
      signal,
    }),
  );
  return resultOf(report, await writeChecksReport(report, temp));
}

/** What every check file may use without being told. */
function providedVariables(
  { environment, service }: InputValues<typeof inputs>,
  sha: string | undefined,
): Record<string, string> {
  return {
    environment,
    ...(service === undefined ? {} : { service }),
    ...(sha === undefined ? {} : { sha }),
  };
}

function progressLine({ check, attempt, outcome, summary }: AttemptProgress): string {
  return `${outcome === 'pass' ? '✓' : '✗'} ${check}, attempt ${attempt}: ${summary}`;
}
