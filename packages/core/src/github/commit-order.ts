import type { Comparison } from './comparison.ts';

/** `older`: our commit is a strict ancestor of the live one. */
export type CommitOrder =
  | { readonly kind: 'older' | 'newer' | 'same' | 'diverged'; readonly liveCommit: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** How `commit` stands to the live one. An answer that contradicts itself is `unknown`. */
export function orderOf(comparison: Comparison, commit: string, liveCommit: string): CommitOrder {
  if (comparison.kind === 'unknown') return comparison;
  const { status, merge_base_commit } = Object(comparison.body);
  const meeting = Object(merge_base_commit).sha;
  if (status === 'behind' && meeting === commit) return { kind: 'older', liveCommit };
  if (status === 'ahead' && meeting === liveCommit) return { kind: 'newer', liveCommit };
  if (status === 'identical' && meeting === commit) return { kind: 'same', liveCommit };
  const isFork = meeting !== commit && meeting !== liveCommit;
  if (status === 'diverged' && isFork && typeof meeting === 'string') return { kind: 'diverged', liveCommit };
  return { kind: 'unknown', why: `GitHub says ${status}, and that the two meet at ${meeting}` };
}
