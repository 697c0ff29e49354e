import type { ActionResult, FlyAccount, TimeBudget } from '#core';
import { type Access, reviewDeploy } from '../decide.ts';
import type { FlyDeployInputs } from '../inputs.ts';
import { blockedByForkRule } from '../refuse.ts';
import type { ReviewWanted } from './decide.ts';

/** A deploy as every other, with what is at hand already: its time runs from before the app was made. */
export type Deploy = (
  budget: TimeBudget,
  given: FlyDeployInputs,
  wanted: Access,
  account: FlyAccount,
) => Promise<ActionResult>;

/** Does what `review-app` asks for. Loaded only then: most deploys have no review app. */
export async function runReview(
  budget: TimeBudget,
  given: FlyDeployInputs,
  wanted: ReviewWanted,
  deploy: Deploy,
): Promise<ActionResult> {
  switch (wanted.kind) {
    case 'skip-review': {
      const { skippedResult } = await import('./result.ts');
      return skippedResult(wanted);
    }
    case 'refuse-review':
      // Somebody of this repository can mend that, unlike a stranger’s run: it is red.
      return blockedByForkRule(wanted.untrusted);
    case 'sweep': {
      const { runSweep } = await import('./sweep.ts');
      return runSweep(budget.ports, given, wanted);
    }
    case 'review':
    case 'close-review': {
      const { runReviewApp } = await import('./review-app.ts');
      return runReviewApp(budget, given, wanted, ({ account }) =>
        deploy(budget, given, reviewDeploy(wanted.access, wanted.subject), account),
      );
    }
  }
}
