import { ActionFailure, type RolloutPlan, type WantedTarget } from '#core';
import type { RollbackInputs } from './inputs.ts';

/** Reads `to`. Failure: `input-invalid`. */
export function wantedTarget(to: string): WantedTarget {
  if (to === 'last-verified' || to === 'previous') return { kind: to };
  if (/^v\d{1,9}$/.test(to)) return { kind: 'version', label: to };
  if (/^[0-9a-f]{7,40}$/i.test(to)) return { kind: 'sha', commit: to.toLowerCase() };
  if (/[/:@]/.test(to)) return { kind: 'image', image: to };
  throw new ActionFailure({
    code: 'input-invalid',
    what: `\`to\` is "${to}"`,
    next: 'Use `last-verified`, `previous`, a version such as `v42`, an image with its tag or digest, or at least 7 digits of a commit.',
  });
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

/** What no rollback on Fly brings back: said in every summary. */
export const notUndone = [
  'databases and volumes: they are as the newer release left them',
  'secrets: their current values stay',
  'a release command: it is not run again, and what it did stays',
] as const;
