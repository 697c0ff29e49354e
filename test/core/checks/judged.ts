import { evaluate } from '../../../packages/core/src/checks/judge/evaluate.ts';
import type { PatternThread } from '../../../packages/core/src/checks/judge/patterns.ts';
import type { Reading } from '../../../packages/core/src/checks/judge/values.ts';
import { Cursor } from '../../../packages/core/src/checks/parse/cursor.ts';
import { readPredicates } from '../../../packages/core/src/checks/parse/predicates.ts';

/** What becomes of a reading under one mapping of predicates: `holds`, or the worst of them. Throws for one that is refused. */
export async function judged(
  predicates: unknown,
  reading: Reading,
  patterns: PatternThread,
): Promise<'holds' | 'broken' | 'invalid'> {
  const problems: never[] = [];
  const read = readPredicates(new Cursor(predicates, problems), (at) => at.value);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const judging = { patterns, deadlineMs: 1000 };
  const kinds = await Promise.all(
    read.map(async (one) => (await evaluate(one, reading, judging, read)).kind),
  );
  if (kinds.includes('invalid')) return 'invalid';
  return kinds.includes('broken') ? 'broken' : 'holds';
}
