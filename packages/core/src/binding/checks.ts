import { loadChecks } from '../checks/load-checks.ts';
import { writeChecksReport } from '../checks/report-files.ts';
import { assertBindable } from '../checks/run/bind.ts';
import { runChecks } from '../checks/run/run-checks.ts';
import type { ChecksReport } from '../checks/verdict.ts';
import type { Release, Target } from '../platforms/platform.ts';
import type { Ports } from '../ports.ts';
import { checksSummary } from '../report/checks-summary.ts';
import { countsText, evidenceLines, progressText } from '../report/checks-text.ts';
import type { CheckVerdict } from '../rollout/plan.ts';
import type { Allowance, VerifyRequest } from '../rollout/ports.ts';

/** The inputs of an action that say what is to be proved. */
export interface CheckInputs {
  readonly checks: string | undefined;
  readonly checkVariables: Readonly<Record<string, string>>;
  readonly checkSecrets: Readonly<Record<string, string>>;
  readonly environment: string;
  readonly service: string | undefined;
  readonly workingDirectory: string;
}

/** What the checks of one target are told beside the inputs. */
export interface CheckSubject {
  readonly target: Target;
  /** The commit a release was built from, where anyone knows it. */
  commit(release: Release): Promise<string | undefined>;
}

/** The checks of one rollout: parsed once, run in its phases, reported together. */
export interface BoundChecks {
  verify(request: VerifyRequest, allowance: Allowance): Promise<CheckVerdict>;
  /** The Markdown of the last phase that decided, `''` before any did. */
  markdown(): string;
  /** Writes the report files of the last phase; answers their folder, `''` when nothing ran. */
  write(): Promise<string>;
}

/** Reads the checks, or answers undefined when there are none. Failure: `checks-invalid`. */
export async function bindChecks(
  ports: Ports,
  inputs: CheckInputs,
  subject: CheckSubject,
): Promise<BoundChecks | undefined> {
  if (inputs.checks === undefined) return undefined;
  const { runner, clock } = ports;
  const file = await loadChecks(inputs.checks, {
    root: runner.context.workspace,
    folder: inputs.workingDirectory,
  });
  // What only a release can tell stands in for itself here.
  const stand = { id: 'v0', commit: '0'.repeat(40) };
  assertBindable(file, {
    variables: { ...provided(inputs, subject, stand.id, stand.commit), ...inputs.checkVariables },
    secrets: inputs.checkSecrets,
  });
  let before: ChecksReport | undefined;
  let last: ChecksReport | undefined;

  async function verify(request: VerifyRequest, { signal, budgetMs }: Allowance): Promise<CheckVerdict> {
    const commit = request.release === undefined ? undefined : await subject.commit(request.release);
    const report = await runner.group(titles[request.phase], () =>
      runChecks(file, {
        variables: { ...provided(inputs, subject, request.release?.id, commit), ...inputs.checkVariables },
        secrets: inputs.checkSecrets,
        mode: request.phase === 'before' ? 'once' : 'full',
        budgetMs: ownShare(budgetMs),
        controlUrl: runner.context.apiUrl,
        env: runner.env,
        release: commit === undefined ? {} : { commit },
        ...(request.gates === undefined ? {} : { only: new Set(request.gates) }),
        ...(request.phase === 'before' || before === undefined ? {} : { previous: before }),
        onProgress: (progress) => runner.info(progressText(progress)),
        onNote: (line) => runner.info(line),
        onSecret: (value) => runner.mask(value),
        // A staged release takes no traffic, and a restore must end soon.
        watch: request.phase === 'after',
        clock,
        signal,
      }),
    );
    if (request.phase === 'before') before = report;
    else last = telling(last, report);
    return verdictOf(report);
  }

  return {
    verify,
    markdown: () => (last === undefined ? '' : checksSummary(last)),
    write: async () => (last === undefined ? '' : writeChecksReport(last, runner.context.temp)),
  };
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

function provided(
  { environment, service }: CheckInputs,
  { target }: CheckSubject,
  release: string | undefined,
  commit: string | undefined,
): Readonly<Record<string, string>> {
  return {
    url: target.url ?? '',
    sha: commit ?? '',
    release: release ?? '',
    environment,
    service: service ?? target.name,
  };
}

function verdictOf(report: ChecksReport): CheckVerdict {
  const gates = report.results.filter((result) => result.severity === 'gate');
  const bad = gates.find((result) => result.outcome !== 'pass' && result.outcome !== 'skipped');
  return {
    outcome: report.outcome,
    reason: report.reason,
    note: `${countsText(report.results)}${bad === undefined ? '' : `; ${bad.name}: ${evidenceLines(bad)[0] ?? bad.reason}`}`,
    passed: gates.filter((result) => result.outcome === 'pass').map((result) => result.name),
  };
}
