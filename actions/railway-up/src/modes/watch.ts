import { ActionFailure } from '#core';
import { shippingPlan } from '#core/deployment';
import { isCheckOf, type RailwayMatch } from '#core/railway';
import type { Mode, ModeParts } from './mode.ts';

/** Waits for the deployment that Railway makes of a push by itself. Failure: `input-invalid`, where nobody says the commit. */
export async function openWatch({ ports, given, commit, isPost, opening }: ModeParts): Promise<Mode> {
  if (commit === undefined) throw noCommit();
  const { platform, target } = await opening;
  platform.watch(commit);
  const match = matchOf(ports.runner.context, commit);
  return {
    plan: { ...shippingPlan(given), obtain: 'find' },
    warnings: [],
    would: [`It would wait for the deployment that Railway makes of ${commit.slice(0, 7)} by itself.`],
    shipment: {
      // Railway deploys a push whatever a gate says: what would not be looked at would go live unproved.
      gates: [],
      alreadyServes: async (release) => platform.servesWatched(release),
      obtain: async ({ signal, budgetMs }) => {
        if (isPost) throw new Error('`post` waits for nothing.');
        return platform.find(target, match, { budgetMs }, signal);
      },
    },
  };
}

function matchOf(context: ModeParts['ports']['runner']['context'], commit: string): RailwayMatch {
  const { repository, refName, ref = '', eventName } = context;
  // The branch of a run that only follows another is not that of its commit.
  const isPush = eventName === 'push' && ref.startsWith('refs/heads/');
  return {
    commit,
    isCheck: isCheckOf(commit, context),
    repository: repository && `${repository.owner}/${repository.name}`,
    branch: isPush ? refName : undefined,
  };
}

function noCommit(): ActionFailure {
  return new ActionFailure({
    code: 'input-invalid',
    what: '`mode: watch` has to know the commit, and neither the event nor `commit` says it',
    next: 'Give `commit` the 40 hex digits of the commit that Railway deploys.',
  });
}
