/** The closed lists every action reports from. The table of meanings is in action-docs.md. */

export const outcomes = [
  'live',
  'unchanged',
  'staged',
  'rejected',
  'restored',
  'stranded',
  'inconclusive',
  'blocked',
  'cancelled',
  'rehearsed',
  'done',
  'error',
] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * What was last seen serving. `new` is the change under judgement, `old` what served before it.
 * In a rollback the change is the release taken back, so a rollback that worked serves `old`, as a restore does.
 */
export const servings = ['new', 'old', 'mixed', 'nothing', 'unknown'] as const;
export type Serving = (typeof servings)[number];

/** smoke-test's own outcomes. */
export const checkOutcomes = ['pass', 'fail', 'inconclusive', 'error'] as const;
export type CheckOutcome = (typeof checkOutcomes)[number];
