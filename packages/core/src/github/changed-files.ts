import { orderOf } from './commit-order.ts';
import type { Comparison } from './comparison.ts';

/** The files in which a commit differs from the live one: all of them, or why they are not known. */
export type ChangedFiles =
  | { readonly kind: 'known'; readonly files: readonly string[] }
  | { readonly kind: 'unknown'; readonly why: string };

/** GitHub lists no more of them, and does not say when it left some out. */
const filesAtMost = 300;

/**
 * What lies between the live commit and ours. GitHub compares ours with the commit where the two part, so only of a
 * commit that descends from the live one does the list say how the two differ. A renamed file has both its names.
 */
export function changedFilesOf(comparison: Comparison, commit: string, liveCommit: string): ChangedFiles {
  const order = orderOf(comparison, commit, liveCommit);
  if (order.kind === 'unknown') return order;
  const [live, ours] = [liveCommit, commit].map((sha) => sha.slice(0, 7));
  if (order.kind !== 'newer' && order.kind !== 'same') {
    return { kind: 'unknown', why: `${ours} does not descend from ${live}, which serves` };
  }
  const files = comparison.kind === 'answered' ? namesOf(Object(comparison.body).files) : undefined;
  if (files === undefined) return { kind: 'unknown', why: 'GitHub’s comparison has no list of files' };
  if (files.length < filesAtMost) return { kind: 'known', files: files.flat() };
  return { kind: 'unknown', why: `GitHub lists only the first ${filesAtMost} changed files` };
}

/** The names of each file; undefined when that is not what was answered. */
function namesOf(files: unknown): readonly (readonly string[])[] | undefined {
  if (!Array.isArray(files)) return undefined;
  const names = files.map((file: unknown) => {
    const { filename, previous_filename: previous } = Object(file);
    return [filename, previous].filter((name) => typeof name === 'string');
  });
  return names.every((of) => of.length > 0) ? names : undefined;
}
