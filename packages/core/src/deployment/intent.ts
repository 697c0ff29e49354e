import type { Fingerprint } from '../ledger/fingerprint.ts';
import type { Intent } from '../ledger/record.ts';
import { owedBy } from '../platforms/parts.ts';
import type { Live, Part, Release, Target } from '../platforms/platform.ts';
import { soleRelease } from '../rollout/live-relation.ts';
import type { RunnerContext } from '../runner/runner.ts';
import { defined } from '../text/defined.ts';

export interface IntentFacts {
  readonly target: Target;
  readonly environment: string;
  readonly service: string | undefined;
  readonly commit: string | undefined;
  readonly live: Live;
  readonly barrier: boolean;
  /** Deploy: what it ships is made of. */
  readonly fingerprint?: Fingerprint;
  readonly reason: string;
  /** How long it may take once it has its turn, milliseconds. */
  readonly budgetMs: number;
  /** Rollback: the release to be brought back. */
  readonly restores?: Release;
  /** Rollback: the release to be taken back. */
  readonly replaces?: Release | undefined;
}

/** The payload of a rollout's record: what it set out to do, and who asked for it. */
export function intentOf(facts: IntentFacts, context: RunnerContext): Intent {
  const previous = soleRelease(facts.live)?.id ?? null;
  const { parts } = facts.live;
  return {
    schema: 1,
    platform: facts.target.platform,
    target: facts.target.id,
    service: facts.service ?? facts.target.name,
    environment: facts.environment,
    commit: facts.commit ?? null,
    previous,
    restores: facts.restores?.id ?? null,
    replaces: facts.replaces?.id ?? null,
    ...(facts.restores?.rebuild === 'allowed' && { rebuild: true as const }),
    barrier: facts.barrier,
    ...defined({ fingerprint: facts.fingerprint }),
    actor: context.actor ?? 'unknown',
    trigger: context.eventName ?? 'unknown',
    reason: facts.reason,
    run: context.runId ?? '',
    attempt: context.runAttempt,
    ...(parts === undefined ? {} : { fleet: fleetOf(parts) }),
    budgetMs: facts.budgetMs,
  };
}

/** What a way back will owe: what ran, and what had ended by itself. */
function fleetOf(parts: readonly Part[]): Readonly<Record<string, number>> {
  return Object.fromEntries(parts.map((part) => [part.name, owedBy(part)]));
}
