import type { ActionResult, FlyAccount, Ports } from '#core';
import { type DeployWanted, reviewDeploy } from '../decide.ts';
import type { FlyDeployInputs } from '../inputs.ts';
import type { ReviewWanted } from './decide.ts';

/** A deploy as every other, with flyctl at hand already. */
export type Deploy = (
  ports: Ports,
  given: FlyDeployInputs,
  wanted: DeployWanted,
  account: FlyAccount,
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
      return skippedResult(wanted.untrusted);
    }
    case 'sweep': {
      const { runSweep } = await import('./sweep.ts');
      return runSweep(ports, given, wanted);
    }
    case 'review':
    case 'close-review': {
      const { runReviewApp } = await import('./review-app.ts');
      return runReviewApp(ports, given, wanted, ({ account }) =>
        deploy(ports, given, reviewDeploy(wanted.access, wanted.subject), account),
      );
    }
  }
}
