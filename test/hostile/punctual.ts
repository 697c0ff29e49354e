import { judge, verdictProblem } from './judge.ts';

/** A verdict in time is there this much after the timeout of its check, milliseconds. */
const graceMs = 1000;

export interface Question {
  readonly name: string;
  /** Makes its server ready and answers the check. */
  text(): Promise<string>;
  readonly timeoutMs: number;
}

export interface Findings {
  readonly problems: string[];
  readonly outcomes: Record<string, number>;
  /** Not in time in the company of others; each is asked again alone. */
  readonly late: Question[];
}

export const noFindings = (): Findings => ({ problems: [], outcomes: {}, late: [] });

/** Asks, and notes what is wrong with the verdict, and who was late. */
export async function ask(question: Question, { problems, outcomes, late }: Findings): Promise<void> {
  const text = await question.text();
  const from = performance.now();
  const problem = await judge(text).then(
    (report) => {
      outcomes[report.outcome] = (outcomes[report.outcome] ?? 0) + 1;
      return report.results[0] && verdictProblem(report.results[0]);
    },
    (error: unknown) => `threw ${error}`,
  );
  if (problem !== undefined) problems.push(`${question.name}: ${problem}`);
  if (performance.now() - from > question.timeoutMs + graceMs) late.push(question);
}

/**
 * Asks those that were late again, one after the other: what shares its thread with fifteen hostile servers, and its
 * machine with others, may wait for them; what hangs is late alone as well.
 */
export async function askLateAgain({ late, problems }: Findings): Promise<void> {
  for (const question of late) {
    const alone = noFindings();
    for (let attempt = 0; attempt < 2; attempt++) {
      await ask(question, alone);
      if (alone.late.length <= attempt) break;
    }
    if (alone.late.length > 1) problems.push(`${question.name}: late, also alone`);
  }
}
