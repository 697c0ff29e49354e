import type { ActionResult } from '../action/action.ts';

/** The same result, with more to be known that is neither success nor failure, a sentence each. */
export function withWarnings(result: ActionResult, warnings: readonly string[]): ActionResult {
  const added = warnings.map((message) => ({ level: 'warning', message }) as const);
  return { ...result, annotations: [...(result.annotations ?? []), ...added] };
}
