import { ActionFailure } from '../../../outcome/failure.ts';
import type { OpenFly } from '../open.ts';
import { isPartial, scopeProblems } from './scope.ts';

/** Holds the scope against the app before anything is shipped to it. Failure: `machines-not-found`. */
export async function assertScope({ api, target, scope }: OpenFly): Promise<void> {
  if (!isPartial(scope)) return;
  const problems = scopeProblems(await api.machines(target.name), scope);
  if (problems.length === 0) return;
  throw new ActionFailure({
    code: 'machines-not-found',
    what: `${target.name} has ${problems.join(', ')}`,
    why: 'flyctl would make new machines for what it does not find, and call that a success',
    next: `Correct \`only-machines\`, \`regions\` or \`process-groups\`: \`fly machine list --app ${target.name}\` shows what there is.`,
  });
}
