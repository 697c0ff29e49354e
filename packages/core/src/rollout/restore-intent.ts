import { randomBytes } from 'node:crypto';
import type { Intent } from '../ledger/record.ts';
import type { Release } from '../platforms/platform.ts';
import { defined } from '../text/defined.ts';

/** What an automatic restore sets out to do: the run's own change taken back. */
export function restoreIntent(
  change: Intent & { readonly id: string | undefined },
  { back, replaces }: { readonly back: Release; readonly replaces: Release | undefined },
): Intent {
  const { schema, platform, target, service, environment, actor, trigger, reason, run, attempt, fleet } =
    change;
  return {
    schema,
    platform,
    target,
    service,
    environment,
    actor,
    trigger,
    reason,
    run,
    attempt,
    commit: back.commit ?? null,
    previous: replaces?.id ?? null,
    restores: back.id,
    replaces: replaces?.id ?? null,
    barrier: false,
    ...defined({ fleet }),
    // Empty where nobody knows it: it is a restore all the same, which waits for nobody's turn and takes none.
    change: change.id ?? '',
  };
}

/** Tells a record from any other of its run: 8 characters of base64url. */
export function newNonce(): string {
  return randomBytes(6).toString('base64url');
}
