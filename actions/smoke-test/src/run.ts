import type { ActionDefinition, ActionResult, AttemptProgress, InputValues, Ports } from '#core';
import { flyHealth, loadChecks, runChecks, writeChecksReport } from '#core';
import { inputs } from './inputs.ts';
import { resultOf } from './result.ts';

/** Probes the running system and says whether it may be trusted. */
export const action: ActionDefinition = { name: 'smoke-test', run };

async function run(ports: Ports): Promise<ActionResult> {
  const { runner, clock, tools, signal } = ports;
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
      ...platformHealth(ports, given),
      signal,
    }),
  );
  return resultOf(report, await writeChecksReport(report, temp));
}

/** Fly, for `fly-machines` checks, where an app is named. */
function platformHealth(ports: Ports, { flyToken, flyApp }: InputValues<typeof inputs>) {
  if (flyToken === undefined || flyApp === undefined) return {};
  return { platformHealth: flyHealth(ports, { flyToken, flyApp }) };
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
