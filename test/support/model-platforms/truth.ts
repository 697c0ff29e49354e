import type { Serving } from '../../../packages/core/src/outcome/outcome.ts';
import type { Played } from './run-model.ts';
import type { Script } from './script.ts';
import type { Owner } from './world.ts';

/** What `serving` must say, judged from outside: by whose release the model really serves. */
export function truth(played: Played, script: Script): Serving {
  const { plan, stranger } = script;
  const [owner, ...others] = played.model.world.owners;
  if (owner === undefined) return stranger ? 'unknown' : 'nothing';
  if (others.length > 0 || stranger) return 'mixed';
  if (owner === 'foreign') return isTakenBack(played, plan) ? 'new' : 'unknown';
  const isWanted = owner === wantedOwner(played, script);
  return isWanted === (plan.kind === 'deploy') ? 'new' : 'old';
}

/** Whose release the run is about. Settled without being obtained: what is wanted served already. */
export function wantedOwner(played: Played, { plan, alreadyServes }: Script): Owner {
  const isSettled = calls(played, plan.obtain).length === 0 && calls(played, 'settle').length > 0;
  if (alreadyServes && isSettled) return 'before';
  return plan.kind === 'deploy' ? 'ours' : 'older';
}

/** A rollback that chose once more is about what somebody else had made live meanwhile. */
export function isTakenBack({ verdict, model }: Played, plan: Script['plan']): boolean {
  const { previous } = verdict ?? {};
  return plan.kind === 'rollback' && previous !== undefined && model.world.ownerOf(previous) === 'foreign';
}

/** The calls of a rollout whose names begin with `prefix`, in order. */
export function calls({ model }: Played, prefix: string) {
  return model.journal.filter(({ call }) => call.startsWith(prefix));
}

/** For the message of a property that failed: how it went. */
export function describePlay({ verdict, model, ledger }: Played): string {
  const { outcome, reason, serving } = verdict ?? {};
  const steps = model.journal.map(({ call }) => call).join(', ');
  return `${outcome}/${reason}, serving ${serving}; owners ${model.world.owners}; ${steps}; ${ledger.story.join(' | ')}`;
}
