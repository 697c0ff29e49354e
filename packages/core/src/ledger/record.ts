import type { Fingerprint } from './fingerprint.ts';
import type { Measure } from './measures.ts';

/** What a rollout set out to do: the payload of its GitHub deployment, fixed at creation. */
export interface Intent {
  readonly schema: 1;
  readonly platform: string;
  /** The target's id: `fly:shop`. */
  readonly target: string;
  readonly service: string;
  readonly environment: string;
  readonly commit: string | null;
  /** Id of the release that was live before, null on a first deploy. */
  readonly previous: string | null;
  /** Rollback: id of the release it brings back. */
  readonly restores: string | null;
  /** Rollback: id of the release it takes back. */
  readonly replaces: string | null;
  /** Rollback: it builds it again from its source, and what comes of it is another artifact than the one that was proved. */
  readonly rebuild?: true;
  readonly barrier: boolean;
  /** Deploy: what it ships is made of. Absent where nobody said, and in a rollback, which brings back what another shipped. */
  readonly fingerprint?: Fingerprint;
  readonly actor: string;
  readonly trigger: string;
  readonly reason: string;
  /** Run id and attempt of the workflow run. */
  readonly run: string;
  readonly attempt: number;
  /** How many of each part ran before: `{"web/iad":2}`. Absent where nobody counted. */
  readonly fleet?: Readonly<Record<string, number>>;
  /** How long the rollout may take once it has its turn, milliseconds: as long as others wait for it. */
  readonly budgetMs?: number;
  /** Automatic restore: the id of the record whose change it takes back. Absent in a rollback that somebody asked for. */
  readonly change?: string;
  /** Tells this record from any other, also where the answer to its creation was lost. */
  readonly nonce?: string;
  /** Proves who wrote the intent: see `signing.ts`. */
  readonly signature?: string;
  /** Signed intents: the id of the newest record that was there before, which no copy made later comes directly after. */
  readonly after?: string;
}

/** What many samples of one check measured. */
export interface LatencyMeasurement {
  /** The check's name as the ledger keeps it. */
  readonly check: string;
  readonly metric: Measure;
  readonly ms: number;
  readonly samples: number;
}

/** What became known later: one per deployment status, written as `belay/1 <fact> …`, at most 140 characters. */
export type Fact =
  | {
      readonly kind: 'shipped';
      readonly release: string;
      readonly label: string;
      readonly artifact: string | null;
    }
  | { readonly kind: 'activated'; readonly release: string }
  /** Ready and without traffic: the turn is given back. */
  | { readonly kind: 'staged'; readonly release: string }
  /** Its turn came after a wait: what was observed then stands for what the intent says. */
  | {
      readonly kind: 'turn';
      readonly previous: string | null;
      readonly barrier: boolean;
      /** Absent where nobody counted, or where there was no room for it. */
      readonly fleet?: Readonly<Record<string, number>>;
    }
  | { readonly kind: 'verdict'; readonly verdict: 'pass' | 'settled' | 'fail' | 'inconclusive' }
  | { readonly kind: 'latency'; readonly of: readonly LatencyMeasurement[] }
  | { readonly kind: 'restoring'; readonly release: string }
  | { readonly kind: 'restored'; readonly release: string }
  | { readonly kind: 'abandoned'; readonly by: string };

export interface TimedFact {
  readonly fact: Fact;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/**
 * Why what stands in a record decides nothing where `ledger-key` is set: nobody signed it, no key of ours signed these
 * very words in this very place, or the whole record is a copy of another one.
 */
export type SignatureProblem = 'unsigned' | 'wrong' | 'copied';

export interface UnprovenFact extends TimedFact {
  readonly doubt: SignatureProblem;
}

/** One rollout as the ledger remembers it. Facts oldest first. */
export interface LedgerRecord {
  /** GitHub deployment id. */
  readonly id: string;
  readonly kind: 'deploy' | 'rollback';
  readonly created: string;
  readonly intent: Intent;
  readonly facts: readonly TimedFact[];
  /** Set where the record as a whole decides nothing: then none of its facts is among `facts`. */
  readonly doubt?: SignatureProblem;
  /** What is only shown, oldest first. Absent where there is nothing of it. */
  readonly unproven?: readonly UnprovenFact[];
  /** Set where GitHub shows it as what serves: its newest status is `success`. */
  readonly isActive?: true;
  /** Set where it is inactive: another record has taken its place, or what it stands for is gone. */
  readonly isRetired?: true;
}

/** `none` when no verdict was ever written. */
export type ReleaseVerdict = 'pass' | 'settled' | 'fail' | 'inconclusive' | 'none';
