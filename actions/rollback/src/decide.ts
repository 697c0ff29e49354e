import type { RolloutPlan, WantedTarget } from '#core';
import type { RollbackInputs } from './inputs.ts';

/** What `to` names. Its shape was checked when it was read. */
export function wantedTarget(to: string): WantedTarget {
  if (to === 'last-verified' || to === 'previous') return { kind: to };
  if (/^v\d+$/.test(to)) return { kind: 'version', label: to };
  if (/^[0-9a-f]+$/i.test(to)) return { kind: 'sha', commit: to.toLowerCase() };
  return { kind: 'image', image: to };
}

/** A rollback chooses among what is there, then makes it live. It never takes itself back: nothing better is known. */
export function planOf({ checks }: RollbackInputs): RolloutPlan {
  return {
    kind: 'rollback',
    obtain: 'choose',
    activation: 'separate',
    until: 'live',
    onFailure: 'none',
    barrier: false,
    hasChecks: checks !== undefined,
    checksStaged: false,
  };
}

/** The commit of the release that is brought back. What is recorded outranks what the input says, which is warned about. */
export function restoredCommit(
  label: string,
  recorded: string | undefined,
  given: string | undefined,
): { readonly commit: string | undefined; readonly warnings: readonly string[] } {
  const said = given?.toLowerCase();
  if (recorded === undefined || said === undefined || said === recorded) {
    return { commit: recorded ?? said, warnings: [] };
  }
  const both = `${label} was built from ${recorded.slice(0, 12)}, and \`commit\` says ${said.slice(0, 12)}`;
  return { commit: recorded, warnings: [`${both}: what is recorded is believed.`] };
}

/** What no rollback on Fly brings back: said in every summary. */
export const notUndone = [
  'databases and volumes: they are as the newer release left them',
  'secrets: their current values stay',
  'a release command: it is not run again, and what it did stays',
] as const;
