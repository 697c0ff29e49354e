import { type ActionResult, type FlyAccount, type Ports, startTimeBudget, type TimeBudget } from '#core';
import { type Access, reviewDeploy } from '../decide.ts';
import type { FlyDeployInputs } from '../inputs.ts';
import { blockedByForkRule } from '../refuse.ts';
import type { ReviewWanted } from './decide.ts';

/** What is at hand already when the deploy to a review app begins: its time runs from before the app was made. */
export interface BegunReview {
  readonly account: FlyAccount;
  readonly budget: TimeBudget;
}

/** A deploy as every other. */
export type Deploy = (
  ports: Ports,
  given: FlyDeployInputs,
  wanted: Access,
  begun: BegunReview,
) => Promise<ActionResult>;

/** Does what `review-app` asks for. Loaded only then: most deploys have no review app. */
export async function runReview(
  ports: Ports,
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
      return runSweep(startTimeBudget(ports, given).ports, given, wanted);
    }
    case 'review':
    case 'close-review': {
      const { runReviewApp } = await import('./review-app.ts');
      const budget = startTimeBudget(ports, given);
      return runReviewApp(budget, given, wanted, ({ account }) =>
        deploy(ports, given, reviewDeploy(wanted.access, wanted.subject), { account, budget }),
      );
    }
  }
}
