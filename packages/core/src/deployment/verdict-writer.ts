import type { Ports } from '../action/ports.ts';
import type { ChecksFacts } from '../checks/cage/messages.ts';
import type { ChecksReport } from '../checks/check-result.ts';
import type { Baselines } from '../checks/run/samples.ts';
import { commitOf } from '../ledger/commit-of.ts';
import { createLedger } from '../ledger/github-ledger.ts';
import { withTimeBudget } from '../ledger/http-time-budget.ts';
import { latencyFacts, verifiedLatencies } from '../ledger/latency.ts';
import type { Ledger, LedgerState } from '../ledger/ledger.ts';
import type { Fact } from '../ledger/record.ts';
import { servingRecords } from '../ledger/serving-records.ts';
import { releaseOf } from '../ledger/verdict.ts';
import { ActionFailure } from '../outcome/failure.ts';
import { JudgedRecords, nothingServes, notKnown } from './judged-records.ts';
import { baselineMetrics, latencyMeasurements, recordedBaselines } from './latencies.ts';

/** The inputs that say which release is judged, and where the verdict is written. */
export interface VerdictInputs {
  readonly environment: string;
  readonly service: string | undefined;
  readonly githubToken: string | undefined;
  readonly ledgerKeys: readonly string[];
  /** Record ids, or `live`. */
  readonly ledgerIds: readonly string[];
  /** `sha`, `live`, `none`, or a commit. */
  readonly release: string;
  readonly timeoutMs: number;
}

/** What the checks are told of the release under test. */
export interface ReleaseUnderTest {
  /** False leaves the check of the build out: someone chose not to ask for it. */
  readonly asksRelease: boolean;
  /** Its commit; undefined when the file alone says what is wanted. */
  readonly build: { readonly commit: string } | undefined;
  /** Its id, where the ledger named it. */
  readonly release: string | undefined;
  readonly baselines: Baselines | undefined;
}

/**
 * The longest a GitHub that does not answer may hold up the checks, milliseconds; never more than a quarter of their
 * time, and never less than one answer takes.
 */
const timeBudgetMs = 30_000;
const leastBudgetMs = 2_000;
/** Each is a call to GitHub. */
const latencyStatuses = 2;

/** A run of checks that judges a release which someone else made live, by what the ledger says of it. */
export class VerdictWriter {
  readonly #inputs: VerdictInputs;
  readonly #ledger: Ledger;
  readonly #warn: (message: string) => void;
  readonly #log: (line: string) => void;
  /** A schedule asks the same question again and again: its answer is news only when it changes. */
  readonly #isScheduled: boolean;
  readonly #records: JudgedRecords;

  constructor({ http, clock, runner }: Pick<Ports, 'http' | 'clock' | 'runner'>, inputs: VerdictInputs) {
    this.#inputs = inputs;
    this.#warn = (message) => runner.warning(message);
    this.#log = (line) => runner.info(line);
    this.#isScheduled = runner.context.eventName === 'schedule';
    this.#ledger = createLedger({
      http: withTimeBudget(
        http,
        clock,
        Math.min(timeBudgetMs, Math.max(leastBudgetMs, inputs.timeoutMs / 4)),
      ),
      clock,
      context: runner.context,
      token: inputs.githubToken,
      keys: inputs.ledgerKeys,
      redact: runner.redact,
      warn: this.#warn,
      writes: 'verdict',
    });
    this.#records = new JudgedRecords(this.#ledger, inputs, this.#warn);
  }

  /**
   * Before the checks run. Asks the ledger only what the inputs and the file make necessary. Failures:
   * `release-unknown`, `checks-invalid`.
   */
  async subject(facts: ChecksFacts): Promise<ReleaseUnderTest> {
    const { release, service, githubToken } = this.#inputs;
    // What serves now is what the checks will have seen, unless it is replaced while they run.
    if (this.#inputs.ledgerIds.includes('live')) await this.#records.before();
    const isCompared = baselineMetrics(facts).size > 0 && service !== undefined && githubToken !== undefined;
    const baselines = isCompared
      ? recordedBaselines(verifiedLatencies(await this.#records.before()))
      : undefined;
    const known = { asksRelease: true, build: undefined, release: undefined, baselines };
    switch (release) {
      case 'sha':
        return known;
      case 'none':
        return { ...known, asksRelease: asksNoRelease(facts) };
      case 'live':
        return { ...known, ...(await this.#live(facts)) };
      default:
        return { ...known, build: { commit: release } };
    }
  }

  /**
   * After the checks. Appends the verdict, and what was measured, to the records it was asked to judge. Never throws for
   * GitHub's sake.
   */
  async record(report: ChecksReport, checks: ChecksFacts): Promise<void> {
    const { ledgerIds } = this.#inputs;
    if (ledgerIds.length === 0) return;
    if (report.outcome === 'error') {
      this.#warn('The verdict is not recorded: a check that is wrong itself says nothing of the release.');
      return;
    }
    const measured = report.outcome === 'pass' ? latencyMeasurements(report, baselineMetrics(checks)) : [];
    const facts: Fact[] = [
      { kind: 'verdict', verdict: report.outcome },
      ...latencyFacts(measured, latencyStatuses, this.#ledger.factRoom),
    ];
    for (const id of await this.#records.ids(ledgerIds)) {
      if (this.#isScheduled && (await this.#records.verdictIn(id)) === report.outcome) {
        this.#log(`Nothing is written to record ${id}: its newest verdict is ${report.outcome} already.`);
        continue;
      }
      // The fact counts in any state; but GitHub would show a record that another release has replaced as active again.
      const state = (await this.#records.isRetired(id)) ? 'inactive' : states[report.outcome];
      const record = this.#ledger.reopen(id);
      for (const fact of facts) await record.add(fact, state);
    }
  }

  async #live(facts: ChecksFacts): Promise<Pick<ReleaseUnderTest, 'asksRelease' | 'build' | 'release'>> {
    const records = await this.#records.before();
    const serving = servingRecords(records);
    const unknown = serving.find((one) => one.kind === 'unknown');
    // In the middle of a deploy either build may answer: the rest of the checks says whether it is well.
    if (unknown !== undefined) {
      this.#warn(`${notKnown(unknown)} The build is not checked.`);
      return { asksRelease: asksNoRelease(facts), build: undefined, release: undefined };
    }
    const releases = serving.map(({ record }) => releaseOf(record) ?? '');
    const commits = new Set(releases.map((release) => commitOf(records, release) ?? ''));
    const [commit = '', ...others] = commits;
    if (others.length > 0)
      throw releaseUnknown(`The ledger names several builds that serve: ${[...commits].join(', ')}.`);
    if (releases.length === 0) throw releaseUnknown(nothingServes(this.#inputs));
    if (commit === '')
      throw releaseUnknown(`The ledger knows no commit of ${releases.join(', ')}, which serves.`);
    return { asksRelease: true, build: { commit }, release: releases[0] };
  }
}

const states: Readonly<Record<'pass' | 'fail' | 'inconclusive', LedgerState>> = {
  pass: 'success',
  fail: 'failure',
  inconclusive: 'error',
};

function releaseUnknown(what: string): ActionFailure {
  return new ActionFailure({
    code: 'release-unknown',
    what,
    why: '`release: live` judges the build that the deployment records name.',
    next: 'Check `environment`, `service` and the permission `deployments: read`, or give the commit itself.',
  });
}

/** `release: none` takes the check of the build out; what is left must prove something. */
function asksNoRelease({ checks }: ChecksFacts): false {
  if (checks.some(({ type, isGate }) => isGate && type !== 'release')) return false;
  throw new ActionFailure({
    code: 'checks-invalid',
    what: 'Without the check of the build, `release: none` leaves no gate: nothing could fail.',
    next: 'Add a check, or leave `release` out.',
  });
}
