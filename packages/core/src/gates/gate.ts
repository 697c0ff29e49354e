import type { CommitOrder } from '../github/commit-order.ts';
import type { Live } from '../platforms/platform.ts';

/** What a gate may look at. Facts are asked for before the gates run, so that gates stay pure. */
export interface GateFacts {
  readonly kind: 'deploy' | 'manual-rollback' | 'automatic-restore';
  readonly live: Live;
  /** The commit to be deployed, full SHA. */
  readonly commit?: string;
  /** How the live release's commit relates to ours; absent when it was not asked. */
  readonly commitOrder?: CommitOrder;
}

export type GateAnswer =
  | { readonly kind: 'pass' }
  | { readonly kind: 'blocked'; readonly reason: string; readonly what: string; readonly next: string }
  /** Warns and passes (an unreadable lock alone blocks). */
  | { readonly kind: 'unknown'; readonly why: string };

export interface Gate {
  readonly name: string;
  /** Whether `force`, which names it, passes it with an `override-reason`. */
  readonly forcible: boolean;
  readonly asks: readonly GateFacts['kind'][];
  answer(facts: GateFacts): GateAnswer;
}
