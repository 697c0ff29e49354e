import type { AttemptProgress, ChecksReport, InputValues, Ports, UntrustedRun } from '#core';
import {
  flyHealth,
  Judgement,
  providedVariables,
  startTimeBudget,
  testedCommit,
  urlCheck,
  validateChecks,
} from '#core';
import type { inputs } from './inputs.ts';

type Given = InputValues<typeof inputs>;

/** The verdict is worth so much of a GitHub that is slow, milliseconds. */
const recordingMs = 10_000;

/** Whoever calls the command answers for what it runs. */
const trusted = async () => undefined;

/** Loads the checks, runs them until they pass or fail for good, and writes the verdict where it was asked for. */
export async function probe(
  given: Given,
  doors: Ports,
  onProgress: (progress: AttemptProgress) => void,
  whose: (ports: Ports) => Promise<UntrustedRun | undefined> = trusted,
): Promise<ChecksReport> {
  const { timeoutMs } = given;
  const budget = startTimeBudget(doors, { timeoutMs, restoreTimeoutMs: 0 });
  const { ports } = budget;
  const { runner, clock, tools, signal } = doors;
  const { workspace, apiUrl } = runner.context;
  const sha = testedCommit(runner.context, given.commit);
  const untrusted = await whose(ports);
  const checks = await ports.checks.open(given.checks ?? urlCheck, {
    root: workspace,
    folder: given.workingDirectory,
    // Whoever proposes a change may have written the checks as well.
    untrusted: untrusted && whyUntrusted(untrusted),
  });
  const judgement = new Judgement(ports, given);
  const { build, release, baselines, asksRelease } = await judgement.subject(checks.facts);
  const { spentMs = 0, waited } = budget.begin();
  const { watchMs } = checks.facts;
  waited?.(watchMs);
  const report = await checks.run({
    withoutRelease: !asksRelease,
    variables: variablesOf(given, build?.commit ?? sha, release),
    ...(build === undefined ? {} : { release: build }),
    ...(baselines === undefined ? {} : { baselines }),
    secrets: given.checkSecrets,
    protectionBypass: given.protectionBypass,
    ...(given.only.length === 0 ? {} : { only: new Set(given.only) }),
    ...(given.tags.length === 0 ? {} : { tags: new Set(given.tags) }),
    mode: 'full',
    // A ledger that was slow to answer leaves the checks half of the time at least.
    budgetMs: Math.max(timeoutMs / 2, timeoutMs - spentMs) + watchMs,
    controlUrl: apiUrl,
    env: runner.env,
    onProgress,
    onNote: (line) => runner.info(line),
    onSecret: (value) => runner.mask(value),
    clock,
    tools,
    ...platformHealth(ports, given),
    signal,
  });
  budget.end(recordingMs);
  await judgement.record(report, checks.facts);
  return report;
}

/** What is not known may be asked for. */
function whyUntrusted({ kind, what, next }: UntrustedRun): string {
  return kind === 'unknown' ? `${what} ${next}` : what;
}

/** Fly, for `fly-machines` checks, where an app is named. */
function platformHealth(ports: Ports, { flyToken, flyApp }: Given) {
  if (flyToken === undefined || flyApp === undefined) return {};
  return { platformHealth: flyHealth(ports, { flyToken, flyApp }) };
}

/** Reads the checks and fills them in without sending anything; answers how many there are. */
export function validate(given: Given, { runner: { context }, checks }: Ports): Promise<number> {
  return validateChecks(checks, given.checks ?? urlCheck, {
    root: context.workspace,
    folder: given.workingDirectory,
    variables: variablesOf(given, testedCommit(context, given.commit)),
    secrets: given.checkSecrets,
  });
}

/** What every check file may use without being told, and what the step says itself. */
function variablesOf(
  { environment, service, url, checkVariables }: Given,
  sha: string | undefined,
  release?: string,
): Readonly<Record<string, string>> {
  const provided = providedVariables({ environment, service, url, sha, release, previousUrl: '' });
  return { ...provided, ...checkVariables };
}
