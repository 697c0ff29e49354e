import type { RunnerContext } from '#core';

/** Longer ones are cut in Railway's dashboard. */
const subjectAtMost = 120;

/**
 * What Railway shows of an upload, which keeps no commit of its own: the commit's first seven digits and its subject, or
 * what the input says.
 */
export function messageOf(
  given: string | undefined,
  { commit, context }: { readonly commit: string | undefined; readonly context: RunnerContext },
): string {
  if (given !== undefined) return given;
  const [subject = ''] = headMessage(context.event).split('\n');
  return [commit?.slice(0, 7), subject.trim().slice(0, subjectAtMost)].filter(Boolean).join(' ');
}

/** Of a push, the subject of its head; of another event nothing is known. */
function headMessage(event: unknown): string {
  const head = (event as { readonly head_commit?: { readonly message?: unknown } } | undefined)?.head_commit;
  return typeof head?.message === 'string' ? head.message : '';
}
