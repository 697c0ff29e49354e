import { filesMatching } from '#core';
import type { ChangedFiles } from '#core/deployment';

/** Whether the data are saved first; `why` is for people, and absent where nobody would ask. */
export type SnapshotDecision =
  | { readonly kind: 'take'; readonly barrier: boolean; readonly why?: string }
  | { readonly kind: 'skip'; readonly why: string };

/**
 * Without globs always. With them when a file they name has changed, or may have: what may be a migration is treated as
 * one, since an old version on a new schema is the worse mistake.
 */
export function decideSnapshot(globs: readonly string[], changes: ChangedFiles): SnapshotDecision {
  if (globs.length === 0) return { kind: 'take', barrier: false };
  if (changes.kind === 'unknown') {
    const why = `Whether a file of \`snapshot-when\` changed is not known (${changes.why}): it is treated as if one had. ${meaning}`;
    return { kind: 'take', barrier: true, why };
  }
  const [first, ...more] = filesMatching(changes.files, globs);
  if (first === undefined) {
    return { kind: 'skip', why: 'No file of `snapshot-when` changed since the live release: no snapshot.' };
  }
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  return { kind: 'take', barrier: true, why: `\`snapshot-when\` names ${first}${others}. ${meaning}` };
}

const meaning =
  'The data are saved first, and the release is a rollback barrier: a failure is not taken back, and no rollback goes behind it.';
