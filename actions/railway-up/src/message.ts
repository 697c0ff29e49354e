import type { RunnerContext } from '#core';
import { deployMessage } from '#core/railway';

/**
 * What Railway shows of an upload, which has no commit of its own: the commit and its subject, or what the input says, and
 * whose it is.
 */
export function messageOf(
  given: string | undefined,
  of: { readonly commit: string | undefined; readonly context: RunnerContext; readonly mark: string },
): string {
  const { commit, context, mark } = of;
  return deployMessage({ commit, subject: given ?? subjectOf(context.event), mark });
}

/** Of a push, the subject of its head; of another event nothing is known. */
function subjectOf(event: unknown): string {
  const head = (event as { readonly head_commit?: { readonly message?: unknown } } | undefined)?.head_commit;
  return typeof head?.message === 'string' ? (head.message.split('\n')[0] ?? '') : '';
}
