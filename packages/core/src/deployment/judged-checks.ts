import type { ChecksReport } from '../checks/check-result.ts';
import type { Release } from '../platforms/platform.ts';
import { evidenceLines } from '../report/checks-text.ts';
import { verdictText } from '../report/failing-check.ts';
import type { CheckVerdict } from '../rollout/plan.ts';
import type { VerifyRequest } from '../rollout/ports.ts';

/** A report, and what it is about. */
export interface Judged {
  readonly report: ChecksReport;
  readonly phase: VerifyRequest['phase'];
  readonly release: Release | undefined;
  readonly commit: string | undefined;
}

/** What the log says of each phase. */
export const titles: Record<VerifyRequest['phase'], string> = {
  before: 'Checks of what is live now',
  staged: 'Checks of the staged release',
  after: 'Checks of the new release',
  restored: 'Checks of the restored release',
};

/** Whose the checks were: under a restore those of the new release and of the old one are told apart by nothing else. */
export function titleOf({ report, phase, release }: Judged, isDeploy: boolean): string {
  const name = release?.label ?? 'what serves';
  const of = isDeploy ? standings[phase] : '';
  return `Checks of ${name}${of}: ${report.outcome}`;
}

const standings: Record<VerifyRequest['phase'], string> = {
  before: ', which served before',
  staged: ', before it took traffic',
  after: ', the new release',
  restored: ', which serves again',
};

/** What a report comes to, as far as a rollout cares. */
export function verdictOf(report: ChecksReport): CheckVerdict {
  const gates = report.results.filter((result) => result.severity === 'gate');
  const challenged = gates.find(({ reason }) => reason === 'challenged');
  return {
    outcome: report.outcome,
    reason: report.reason,
    note: verdictText(report),
    passed: gates.filter((result) => result.outcome === 'pass').map((result) => result.name),
    ...(challenged && { challenged: `${challenged.name}: ${evidenceLines(challenged)[0] ?? ''}` }),
  };
}
