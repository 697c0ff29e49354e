import type { ActionResult, TimeBudget } from '#core';
import { blockedByForkRule } from '#core/deployment';
import type { FlyBefore } from '#core/fly';
import { type Access, reviewDeploy } from '../decide.ts';
import type { FlyDeployInputs } from '../inputs.ts';
import type { ReviewWanted } from './decide.ts';

/** A deploy as every other, with what is at hand already: its time runs from before the app was made. */
export type Deploy = (
  budget: TimeBudget,
  given: FlyDeployInputs,
  wanted: Access,
  before: FlyBefore,
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
      const [{ runSweep }, { advisedForReview }] = await Promise.all([
        import('./sweep.ts'),
        import('./advice.ts'),
      ]);
      return advisedForReview(wanted.access.organization, () => runSweep(budget.ports, given, wanted));
    }
    case 'review':
    case 'close-review': {
      const [{ runReviewApp }, { advisedForReview }] = await Promise.all([
        import('./review-app.ts'),
        import('./advice.ts'),
      ]);
      return advisedForReview(wanted.access.organization, () =>
        runReviewApp(budget, given, wanted, ({ account }, subject) =>
          deploy(budget, given, reviewDeploy(wanted.access, subject), { account }),
        ),
      );
    }
  }
}
