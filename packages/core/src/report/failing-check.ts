import type { AnswerSeen, CheckResult, ChecksReport } from '../checks/check-result.ts';
import { startOf } from '../text/cut.ts';
import { code, details, escapeMarkdown, verbatim } from '../text/markdown.ts';
import { answerLines, countsText, evidenceLines } from './checks-text.ts';
import type { FailingCheck } from './rollout-report.ts';

/** The gate that decided against what was checked, before others that did not pass either; undefined where all passed. */
export function failingCheck(report: ChecksReport): FailingCheck | undefined {
  const [first, ...others] = badGates(report);
  if (first === undefined) return undefined;
  const met = first.attempts.at(-1)?.summary;
  const lines = evidenceLines(first).filter((line) => line !== met);
  const { name, answer } = first;
  return { name, outcome: first.outcome, met, lines, answer, others: others.length };
}

/** What came of the checks, in one line: `1 of 2 gate checks passed, 1 failed; home: status: expected equals 200, got 500`. */
export function verdictText(report: ChecksReport): string {
  const [bad] = badGates(report);
  const why = bad === undefined ? '' : `; ${bad.name}: ${evidenceLines(bad)[0] ?? bad.reason}`;
  return `${countsText(report.results)}${why}`;
}

/** The gates that did not pass, the one that decided first. */
function badGates({ outcome, results }: ChecksReport): readonly CheckResult[] {
  if (outcome === 'pass') return [];
  const bad = results.filter(
    ({ severity, outcome: came }) => severity === 'gate' && came !== 'pass' && came !== 'skipped',
  );
  return bad.toSorted((one, other) => Number(other.outcome === outcome) - Number(one.outcome === outcome));
}

/** The check, what it met and how the answer began. Markdown. */
export function failingCheckMarkdown(failing: FailingCheck): string {
  const { name, outcome, lines, met, answer, others } = failing;
  const more =
    others === 0
      ? ''
      : ` ${others} more ${others === 1 ? 'check' : 'checks'} did not pass: see the checks below.`;
  const rest = lines.map((line) => `- ${escapeMarkdown(line)}`);
  return [
    `### The check that ${verbs[outcome]}: ${escapeMarkdown(name)}`,
    `${met === undefined ? '' : code(met)}${more}`.trim(),
    [...rest, ...requestId(answer)].join('\n'),
    body(answer?.body),
    whole(answer),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const verbs: Readonly<Record<FailingCheck['outcome'], string>> = {
  fail: 'failed',
  inconclusive: 'could not be judged',
  error: 'could not be carried out',
  skipped: 'was left out',
  pass: 'passed',
};

function requestId(answer: AnswerSeen | undefined): readonly string[] {
  if (answer?.requestId === undefined) return [];
  const { header, value } = answer.requestId;
  return [`- request id: ${code(value)} (${code(header)})`];
}

/** Characters of a body that stand open: the fold has the rest, and what came next must not be out of sight. */
const openOfBody = 300;

/** Where it came from, its headers and as much of the body as is kept, folded. */
function whole(answer: AnswerSeen | undefined): string {
  const isMore = answer?.address !== undefined || answer?.headers !== undefined;
  return isMore ? details('The answer with its headers', verbatim(answerLines({ answer }).join('\n'))) : '';
}

function body(text: string | undefined): string {
  if (text === undefined || text === '') return '';
  return `The answer began:\n\n${verbatim(startOf(text, openOfBody))}`;
}
