import type { Checks } from '../checks/cage/caged-checks.ts';
import { providedVariables } from '../checks/provided.ts';
import { writeChecksReport } from '../checks/report-files.ts';
import type { Baselines } from '../checks/run/samples.ts';
import type { PlatformHealth } from '../checks/types/check-type.ts';
import type { ChecksReport } from '../checks/verdict.ts';
import { errorMessage } from '../failure.ts';
import type { LatencyMark, Verdict } from '../ledger/record.ts';
import type { Release, Target } from '../platforms/platform.ts';
import type { Ports } from '../ports.ts';
import { checksSummary } from '../report/checks-summary.ts';
import { countsText, evidenceLines, progressText } from '../report/checks-text.ts';
import type { CheckVerdict } from '../rollout/plan.ts';
import type { Allowance, VerifyRequest } from '../rollout/ports.ts';
import { baselineMetrics, firstOf, latencyMarks, measuredBefore } from './latencies.ts';

/** The inputs of an action that say what is to be proved. */
export interface CheckInputs {
  readonly checks: string | undefined;
  readonly checkVariables: Readonly<Record<string, string>>;
  readonly checkSecrets: Readonly<Record<string, string>>;
  readonly environment: string;
  readonly service: string | undefined;
  readonly workingDirectory: string;
  readonly timeoutMs: number;
}

/** What the checks of one target are told beside the inputs. */
export interface CheckSubject {
  readonly target: Target;
  /** The commit a release was built from, where anyone knows it. */
  commit(release: Release): Promise<string | undefined>;
  /** The newest verdict on a release: one that failed sets no bar for what comes after it. */
  verdict(release: Release): Promise<Verdict>;
  /** What the last verified releases measured. */
  recorded(): Promise<Baselines>;
  /** Whether the change is judged by how fast it is. A way back is not: it leads to what was good enough once. */
  readonly judgesLatency: boolean;
  /** The platform's own judgement, where it has one; for `fly-machines` checks. */
  readonly health?: PlatformHealth | undefined;
}

/** The checks of one rollout: parsed once, run in its phases, reported together. */
export interface BoundChecks {
  verify(request: VerifyRequest, allowance: Allowance): Promise<CheckVerdict>;
  /** The Markdown of the last phase that decided, `''` before any did. Never throws. */
  markdown(): string;
  /** Writes the report files of the last phase; answers their folder, `''` when nothing ran or they cannot be written. */
  write(): Promise<string>;
  /** What the last phase measured, for the ledger; nothing of what did not pass. */
  latencies(): readonly LatencyMark[];
}

/** Reads the checks, or answers undefined when there are none. Failure: `checks-invalid`. */
export async function bindChecks(
  ports: Ports,
  inputs: CheckInputs,
  subject: CheckSubject,
): Promise<BoundChecks | undefined> {
  if (inputs.checks === undefined) return undefined;
  const { workspace } = ports.runner.context;
  const where = { root: workspace, folder: inputs.workingDirectory };
  const checks = await ports.checks.open(inputs.checks, where);
  const bound = new RolloutChecks(checks, { ports, inputs, subject });
  await bound.assertBindable();
  return bound;
}

interface Doors {
  readonly ports: Ports;
  readonly inputs: CheckInputs;
  readonly subject: CheckSubject;
}

class RolloutChecks implements BoundChecks {
  readonly #checks: Checks;
  readonly #doors: Doors;
  readonly #metrics: ReturnType<typeof baselineMetrics>;
  #before: { readonly report: ChecksReport; readonly release: Release | undefined } | undefined;
  #last: ChecksReport | undefined;
  #measured: readonly LatencyMark[] = [];

  constructor(checks: Checks, doors: Doors) {
    this.#checks = checks;
    this.#doors = doors;
    this.#metrics = baselineMetrics(checks.facts);
  }

  /** Everything that would be wrong later is wrong now; what only a release can tell stands in for itself. */
  assertBindable(): Promise<void> {
    const { checkSecrets: secrets, timeoutMs } = this.#doors.inputs;
    const variables = this.#variables('v0', '0'.repeat(40));
    return this.#checks.assertBindable({ variables, secrets }, timeoutMs);
  }

  async verify(request: VerifyRequest, { signal, budgetMs }: Allowance): Promise<CheckVerdict> {
    const { ports, inputs, subject } = this.#doors;
    const { runner, clock, tools } = ports;
    const { phase, release, gates } = request;
    const commit = release === undefined ? undefined : await subject.commit(release);
    const judgesLatency = subject.judgesLatency && phase !== 'restored';
    const baselines = judgesLatency && phase !== 'before' ? await this.#baselines() : undefined;
    const report = await runner.group(titles[phase], () =>
      this.#checks.run({
        variables: this.#variables(
          release?.id,
          commit,
          phase === 'before' ? undefined : this.#before?.release,
        ),
        secrets: inputs.checkSecrets,
        mode: phase === 'before' ? 'once' : 'full',
        budgetMs: ownShare(budgetMs),
        controlUrl: runner.context.apiUrl,
        env: runner.env,
        release: commit === undefined ? {} : { commit },
        measures: judgesLatency,
        ...(baselines === undefined ? {} : { baselines }),
        ...(gates === undefined ? {} : { only: new Set(gates) }),
        ...(phase === 'before' || this.#before === undefined ? {} : { previous: this.#before.report }),
        onProgress: (progress) => runner.info(progressText(progress)),
        onNote: (line) => runner.info(line),
        onSecret: (value) => runner.mask(value),
        looksTwice: phase !== 'before',
        // A staged release takes no traffic, and a restore must end soon.
        watch: phase === 'after',
        clock,
        tools,
        ...(subject.health === undefined ? {} : { platformHealth: subject.health }),
        signal,
      }),
    );
    if (phase === 'before') this.#before = { report, release };
    else this.#keep(report);
    return verdictOf(report);
  }

  markdown(): string {
    try {
      return this.#last === undefined ? '' : checksSummary(this.#last);
    } catch (error) {
      return this.#untold(error);
    }
  }

  async write(): Promise<string> {
    return this.#last === undefined ? '' : writeChecksReport(this.#last, this.#doors.ports.runner);
  }

  /** A report that cannot be made changes nothing of what it would have told. */
  #untold(error: unknown): '' {
    const why = errorMessage(error);
    this.#doors.ports.runner.warning(`The report of the checks cannot be written: ${why}`);
    return '';
  }

  latencies(): readonly LatencyMark[] {
    return this.#measured;
  }

  #keep(report: ChecksReport): void {
    this.#last = telling(this.#last, report);
    this.#measured = report.outcome === 'pass' ? latencyMarks(report, this.#metrics) : [];
  }

  /**
   * What the new release is compared with where the old one has no address of its own any more: first what this run
   * measured of it minutes ago, on the same runner; then what the ledger has. A release that failed sets no bar.
   */
  async #baselines(): Promise<Baselines | undefined> {
    if (this.#metrics.size === 0) return undefined;
    const { subject } = this.#doors;
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
    previous?: Release,
  ): Readonly<Record<string, string>> {
    const { inputs, subject } = this.#doors;
    const { environment, service, checkVariables } = inputs;
    const { target } = subject;
    const facts = {
      ...{ url: target.url ?? '', sha: commit ?? '', release: release ?? '', environment },
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

const titles: Record<VerifyRequest['phase'], string> = {
  before: 'Checks of what is live now',
  staged: 'Checks of the staged release',
  after: 'Checks of the new release',
  restored: 'Checks of the restored release',
};

/** The checks end by themselves, with a verdict and a report, before the rollout would cut them. Milliseconds. */
function ownShare(budgetMs: number): number {
  return Math.max(budgetMs / 2, budgetMs - 1000);
}

/** After a restore the report that matters is the one that caused it. */
function telling(last: ChecksReport | undefined, report: ChecksReport): ChecksReport {
  return last === undefined || last.outcome === 'pass' ? report : last;
}

function verdictOf(report: ChecksReport): CheckVerdict {
  const gates = report.results.filter((result) => result.severity === 'gate');
  // The one that decided, before others that did not pass either.
  const bad =
    gates.find((result) => result.outcome === report.outcome && report.outcome !== 'pass') ??
    gates.find((result) => result.outcome !== 'pass' && result.outcome !== 'skipped');
  return {
    outcome: report.outcome,
    reason: report.reason,
    note: `${countsText(report.results)}${bad === undefined ? '' : `; ${bad.name}: ${evidenceLines(bad)[0] ?? bad.reason}`}`,
    passed: gates.filter((result) => result.outcome === 'pass').map((result) => result.name),
  };
}
