import type { Release } from '#core';
import type { RolloutVerdict } from '#core/deployment';

/** The same verdict; of what was brought back by building it again it is told what it is, and what proves it. */
export function withRebuild(verdict: RolloutVerdict, restored: Release | undefined): RolloutVerdict {
  const { outcome, release, notes } = verdict;
  if (outcome !== 'restored' || restored?.rebuild !== 'allowed') return verdict;
  const proof =
    verdict.reason === 'verified'
      ? 'The checks have passed against it.'
      : 'No check has proved it: it serves by the platform’s word alone.';
  const note = `${release?.label ?? 'What serves'} is a rebuild of ${restored.label} from its source, and not the artifact that was proved. ${proof}`;
  return { ...verdict, notes: [...notes, note] };
}
