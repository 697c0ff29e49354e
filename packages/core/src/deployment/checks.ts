import type { Ports } from '../action/ports.ts';
import type { Checks } from '../checks/cage/caged-checks.ts';
import type { ChecksReport } from '../checks/check-result.ts';
import { providedVariables } from '../checks/provided.ts';
import type { PageLacks } from '../checks/run/options.ts';
import type { Baselines } from '../checks/run/samples.ts';
import { begun } from '../io/begun.ts';
import type { LatencyMeasurement, ReleaseVerdict } from '../ledger/record.ts';
import { errorMessage } from '../outcome/failure.ts';
import type { AskPlatformHealth, RunInInstance } from '../platforms/instances.ts';
import type { Release, Target } from '../platforms/platform.ts';
import { shownTarget } from '../platforms/shown-target.ts';
import { progressText } from '../report/checks-text.ts';
import { failingCheck } from '../report/failing-check.ts';
import type { FailingCheck } from '../report/rollout-report.ts';
import type { CheckVerdict } from '../rollout/plan.ts';
import type { Allowance, VerifyRequest } from '../rollout/ports.ts';
import { defined } from '../text/defined.ts';
import { type Judged, titleOf, titles, verdictOf } from './judged-checks.ts';
import { baselineMetrics, firstOf, latencyMeasurements, measuredBefore } from './latencies.ts';
import { runFactsOf } from './run-facts.ts';

/** The inputs of an action that say what is to be proved. */
export interface CheckInputs {
  readonly checks: string | undefined;
  readonly checkVariables: Readonly<Record<string, string>>;
  readonly checkSecrets: Readonly<Record<string, string>>;
  readonly environment: string;
  readonly service: string | undefined;
  readonly workingDirectory: string;
  readonly timeoutMs: number;
  /** Nothing will be asked: what is worth a warning in the checks is told when they are read. */
  readonly dryRun?: boolean;
}

/** What the checks of one target are told beside the inputs. */
export interface CheckSubject {
  readonly target: Target;
  /** The commit a release was built from, where anyone knows it. */
  commit(release: Release): Promise<string | undefined>;
  /** The newest verdict on a release: one that failed sets no threshold for what comes after it. */
  verdict(release: Release): Promise<ReleaseVerdict>;
  /** What the last verified releases measured. */
  recorded(): Promise<Baselines>;
  /** Whether the change is judged by how fast it is. A way back is not: it leads to what was good enough once. */
  readonly judgesLatency: boolean;
  /** The platform's own judgement, where it has one; for `fly-machines` checks. */
  readonly health?: AskPlatformHealth | undefined;
  /** The same, for commands in its instances. */
  readonly runInInstance?: RunInInstance | undefined;
}

/** The checks of one rollout: parsed once, run in its phases, reported together. */
export interface ChecksPort {
  verify(request: VerifyRequest, allowance: Allowance): Promise<CheckVerdict>;
  /** The Markdown of the last phase that decided, `''` before any did. Never throws. */
  markdown(): Promise<string>;
  /** Whose the checks of that phase were: `Checks of v2, the new release: fail`. */
  title(): string;
  /** The check that decided against what it was asked of; undefined where all passed, or none was asked. */
  failing(): FailingCheck | undefined;
  /** Writes the report files of the last phase; answers their folder, `''` when nothing ran or they cannot be written. */
  write(): Promise<string>;
  /** What the last phase measured, for the ledger; nothing of what did not pass. */
  latencies(): readonly LatencyMeasurement[];
}

/** Reads the checks, or answers undefined when there are none. Failure: `checks-invalid`. */
export async function createChecksPort(
  ports: Ports,
  inputs: CheckInputs,
  subject: CheckSubject,
): Promise<ChecksPort | undefined> {
  if (inputs.checks === undefined) return undefined;
  const { workspace } = ports.runner.context;
  const where = { root: workspace, folder: inputs.workingDirectory };
  const checks = await ports.checks.open(inputs.checks, where);
  const bound = new RolloutChecks(checks, { ports, inputs, subject });
  await bound.assertBindable();
  if (inputs.dryRun === true)
    for (const { message, where: at } of checks.facts.warnings) ports.runner.warning(message, at);
  return bound;
}

interface ChecksParts {
  readonly ports: Ports;
  readonly inputs: CheckInputs;
  readonly subject: CheckSubject;
}

class RolloutChecks implements ChecksPort {
  readonly #checks: Checks;
  readonly #parts: ChecksParts;
  readonly #metrics: ReturnType<typeof baselineMetrics>;
  #before: { readonly report: ChecksReport; readonly release: Release | undefined } | undefined;
  #last: Judged | undefined;
  #measured: readonly LatencyMeasurement[] = [];
  #reports: Promise<typeof import('../report/checks-files.ts')> | undefined;

  constructor(checks: Checks, parts: ChecksParts) {
    this.#checks = checks;
    this.#parts = parts;
    this.#metrics = baselineMetrics(checks.facts);
  }

  /** Everything that would be wrong later is wrong now; what only a release can tell stands in for itself. */
  assertBindable(): Promise<void> {
    const { checkSecrets: secrets, timeoutMs } = this.#parts.inputs;
    const variables = this.#variables('v0', '0'.repeat(40), this.#parts.subject.target);
    return this.#checks.assertBindable({ variables, secrets }, timeoutMs);
  }

  async verify(request: VerifyRequest, { signal, budgetMs }: Allowance): Promise<CheckVerdict> {
    void this.#loadReports();
    const { ports, inputs, subject } = this.#parts;
    const { runner, clock, tools } = ports;
    const { phase, release, gates, served } = request;
    const commit = release === undefined ? undefined : await subject.commit(release);
    const judgesLatency = subject.judgesLatency && phase !== 'restored';
    const baselines = judgesLatency && phase !== 'before' ? await this.#baselines() : undefined;
    const report = await runner.group(titles[phase], () =>
      this.#checks.run({
        variables: this.#variables(release?.id, commit, {
          previous: phase === 'before' ? undefined : this.#before?.release,
          // Before it takes traffic the target's address leads to another one.
          url: (phase === 'staged' && release?.url) || subject.target.url,
        }),
        secrets: inputs.checkSecrets,
        mode: phase === 'before' ? 'once' : 'full',
        budgetMs: ownShare(budgetMs),
        controlUrl: runner.context.apiUrl,
        env: runner.env,
        release: commit === undefined ? {} : { commit },
        measures: judgesLatency,
        ...defined({ baselines }),
        ...(gates === undefined ? {} : { only: new Set(gates) }),
        ...(phase === 'before' || this.#before === undefined ? {} : { previous: this.#before.report }),
        mayLack: mayLack(request, this.#before?.report),
        onProgress: (progress) => runner.info(progressText(progress)),
        onNote: (line) => runner.info(line),
        onSecret: (value) => runner.mask(value),
        looksTwice: phase !== 'before',
        // A staged release has an address that no cache has seen.
        isNew: (phase === 'after' || phase === 'restored') && served !== true,
        // A staged release takes no traffic, and a restore must end soon.
        watch: phase === 'after',
        clock,
        tools,
        ...defined({ platformHealth: subject.health, runInInstance: subject.runInInstance }),
        signal,
      }),
    );
    if (phase === 'before') this.#before = { report, release };
    else this.#keep({ report, phase, release, commit });
    return verdictOf(report);
  }

  /** What reports are made with: loaded while the checks run. */
  #loadReports() {
    this.#reports ??= begun(import('../report/checks-files.ts'));
    return this.#reports;
  }

  async markdown(): Promise<string> {
    try {
      if (this.#last === undefined) return '';
      const { checksSummary } = await this.#loadReports();
      return checksSummary(this.#last.report);
    } catch (error) {
      return this.#untold(error);
    }
  }

  title(): string {
    return this.#last === undefined ? '' : titleOf(this.#last, this.#parts.subject.judgesLatency);
  }

  failing(): FailingCheck | undefined {
    return this.#last && failingCheck(this.#last.report);
  }

  async write(): Promise<string> {
    if (this.#last === undefined) return '';
    const { ports, inputs, subject } = this.#parts;
    const { report, release, commit } = this.#last;
    const loaded = await this.#loadReports().catch((error: unknown) => this.#untold(error));
    if (loaded === '') return '';
    return loaded.writeChecksReport(report, ports.runner, {
      ...{
        title: titleOf(this.#last, subject.judgesLatency),
        target: shownTarget(subject.target),
        commit,
        release: release?.label,
      },
      run: runFactsOf(ports.runner.context, inputs.environment),
    });
  }

  /** A report that cannot be made changes nothing of what it would have told. */
  #untold(error: unknown): '' {
    const why = errorMessage(error);
    this.#parts.ports.runner.warning(`The report of the checks cannot be written: ${why}`);
    return '';
  }

  latencies(): readonly LatencyMeasurement[] {
    return this.#measured;
  }

  #keep(judged: Judged): void {
    const { report } = judged;
    this.#last = telling(this.#last, judged);
    this.#measured = report.outcome === 'pass' ? latencyMeasurements(report, this.#metrics) : [];
  }

  /**
   * What the new release is compared with where the old one has no address of its own any more: first what this run
   * measured of it minutes ago, on the same runner; then what the ledger has. A release that failed sets no threshold.
   */
  async #baselines(): Promise<Baselines | undefined> {
    if (this.#metrics.size === 0) return undefined;
    const { subject } = this.#parts;
    const sources: Baselines[] = [];
    const { report, release } = this.#before ?? {};
    if (report !== undefined && release !== undefined) {
      const verdict = await subject.verdict(release);
      if (verdict !== 'fail' && verdict !== 'inconclusive')
        sources.push(measuredBefore(report, release.label));
    }
    const isEnough = [...this.#metrics.keys()].every((check) => sources.some((source) => source(check)));
    if (!isEnough) sources.push(await subject.recorded());
    return firstOf(sources, this.#metrics);
  }

  #variables(
    release: string | undefined,
    commit: string | undefined,
    { previous, url = '' }: { readonly previous?: Release | undefined; readonly url?: string | undefined },
  ): Readonly<Record<string, string>> {
    const { inputs, subject } = this.#parts;
    const { environment, service, checkVariables } = inputs;
    const { target } = subject;
    const facts = {
      url,
      sha: commit ?? '',
      release: release ?? '',
      environment,
      service: service ?? target.name,
      previousUrl: addressOf(previous, target),
    };
    return { ...providedVariables(facts), ...checkVariables };
  }
}

/** Where a release can be asked though another one serves: not every platform gives it an address of its own. */
function addressOf(release: Release | undefined, { url }: Target): string {
  return release?.url === undefined || release.url === url ? '' : release.url;
}

/**
 * A new release may lack what the old one did. So may the old one itself: where it is only looked at, and where nobody
 * has looked before, as where it is left as it is, or serves again in `post`.
 */
function mayLack({ phase, served }: VerifyRequest, before: ChecksReport | undefined): PageLacks {
  const isOld = served === true || phase === 'restored';
  if (phase === 'before' || (isOld && before === undefined)) return () => 'anything';
  const known = new Map(before?.results.map(({ name, lacking }) => [name, lacking] as const));
  return (check) => known.get(check);
}

/** The checks end by themselves, with a verdict and a report, before the rollout would cut them. Milliseconds. */
function ownShare(budgetMs: number): number {
  return Math.max(budgetMs / 2, budgetMs - 1000);
}

/** After a restore the report that matters is the one that caused it. */
function telling(last: Judged | undefined, judged: Judged): Judged {
  return last === undefined || last.report.outcome === 'pass' ? judged : last;
}
