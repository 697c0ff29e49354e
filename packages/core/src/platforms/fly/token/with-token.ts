import type { ActionResult } from '../../../action/action.ts';
import type { FlyTokenNeed } from './token-advice.ts';

/**
 * The same result, which also tells of a token that may do more than the run needed; of a dry run, its kind as well.
 * Read when all is done: nothing that is deployed waits for it. Never throws: the verdict stands, with advice or without.
 */
export async function withFlyToken(
  result: ActionResult,
  token: string,
  need: FlyTokenNeed,
): Promise<ActionResult> {
  try {
    const { withTokenNotes } = await import('./token-notes.ts');
    return withTokenNotes(result, token, need);
  } catch {
    return result;
  }
}
