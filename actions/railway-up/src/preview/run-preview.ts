import type { ActionResult, TimeBudget, UntrustedRun } from '#core';
import { blockedByForkRule, pullRequestEvent, skippedForStrangers } from '#core/deployment';
import type { RailwayUpInputs } from '../inputs.ts';
import { decidePreview } from './decide.ts';
import type { PreviewKind } from './inputs.ts';
import type { DeployPreview } from './preview.ts';

/** Does what `preview` asks for. Loaded only then: most deploys have none. */
export async function runPreviews(
  budget: TimeBudget,
  given: RailwayUpInputs,
  mode: Exclude<PreviewKind, 'false'>,
  how: { readonly untrusted: UntrustedRun | undefined; readonly deploy: DeployPreview },
): Promise<ActionResult> {
  const { context } = budget.ports.runner;
  const { repository, repositoryId, eventName, event } = context;
  const wanted = decidePreview({
    ...{ mode, repository, repositoryId, eventName, untrusted: how.untrusted },
    hasToken: given.railwayToken !== undefined,
    event: pullRequestEvent(context),
    isBots: Object(Object(event.pull_request).user).type === 'Bot',
  });
  switch (wanted.kind) {
    case 'skip':
      return skippedForStrangers(wanted.mode === 'sweep' ? 'No sweep' : 'No preview', wanted.untrusted);
    case 'refuse':
      // Somebody of this repository can mend that, unlike a stranger’s run: it is red.
      return blockedByForkRule(wanted.untrusted);
    case 'sweep': {
      const { runSweep } = await import('./sweep.ts');
      return runSweep(budget.ports, given, wanted);
    }
    default: {
      const { runPreview } = await import('./preview.ts');
      return runPreview(budget, given, wanted, how.deploy);
    }
  }
}
