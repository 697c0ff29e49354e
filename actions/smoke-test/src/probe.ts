import type { Ports, UntrustedRun } from '#core';
import { startTimeBudget, testedCommit } from '#core';
import type { AttemptProgress, answeringPlatform, ChecksReport } from '#core/checks';
import { providedVariables, urlCheck, VerdictWriter, validateChecks } from '#core/checks';
import type { InputValues } from '#core/inputs';
import { defined } from '#core/inputs';
import type { inputs } from './inputs.ts';

type Given = InputValues<typeof inputs>;

/** The verdict is worth so much of a GitHub that is slow, milliseconds. */
const recordingMs = 10_000;

/** Whoever calls the command answers for what it runs. */
const trusted = async () => undefined;

/** How the checks are run. */
export interface Probing {
  onProgress(progress: AttemptProgress): void;
  /** Whose code the run is of; of nobody's but the caller's when absent. */
  readonly whose?: (ports: Ports) => Promise<UntrustedRun | undefined>;
  /** What the inputs name a target on; undefined where they name none. */
  readonly platform: Awaited<ReturnType<typeof answeringPlatform>>;
}

/** Loads the checks, runs them until they pass or fail for good, and writes the verdict where it was asked for. */
export async function probe(
  given: Given,
  doors: Ports,
  { onProgress, whose = trusted, platform }: Probing,
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
  const verdictWriter = new VerdictWriter(ports, given);
  const { build, release, baselines, asksRelease } = await verdictWriter.subject(checks.facts);
  const { spentMs = 0, waited } = budget.begin();
  const { watchMs } = checks.facts;
  waited?.(watchMs);
  const report = await checks.run({
    withoutRelease: !asksRelease,
    isLast: true,
    variables: variablesOf(given, build?.commit ?? sha, release),
    ...defined({ release: build, baselines }),
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
    ...platform?.answers?.(ports, given),
    signal,
  });
  budget.end(recordingMs);
  await verdictWriter.record(report, checks.facts);
  return report;
}

/** What is not known may be asked for. */
function whyUntrusted({ kind, what, next }: UntrustedRun): string {
  return kind === 'unknown' ? `${what} ${next}` : what;
}

/** Reads the checks and fills them in without sending anything; answers how many there are. */
export function validate(given: Given, { runner, checks }: Ports): Promise<number> {
  const { context } = runner;
  return validateChecks(checks, given.checks ?? urlCheck, {
    root: context.workspace,
    folder: given.workingDirectory,
    variables: variablesOf(given, testedCommit(context, given.commit)),
    secrets: given.checkSecrets,
    onWarning: (message, place) => runner.warning(message, place),
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
