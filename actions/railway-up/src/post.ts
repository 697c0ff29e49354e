import type { MainEnd, Ports, PostReport } from '#core';
import { runPost } from '#core/deployment';
import { platform } from '#core/railway';
import { inputs } from './inputs.ts';
import { openRailwayDeploy } from './open.ts';
import { inputsFor, keptDeploy } from './preview/keep.ts';

/** Finishes a restore that was cut short, cancels what is still being built, ends its records and says what serves. */
export async function postOf(action: string, doors: Ports, main: MainEnd): Promise<PostReport | undefined> {
  return runPost({ action, main, tools: platform.tools }, doors, async (ports) => {
    const asked = inputs.read(ports.runner);
    const isPreview = asked.preview !== 'false';
    const preview = isPreview ? keptDeploy(ports, asked.preview) : undefined;
    const given = preview === undefined ? asked : inputsFor(asked, preview);
    return {
      inputs: given,
      // A preview that main had not come to has no name yet.
      target:
        isPreview && preview === undefined
          ? undefined
          : { id: platform.target(given).id, look: (own) => platform.look(own, given) },
      async open(saved) {
        const { railway, rollout } = await openRailwayDeploy(ports, asked, { isPost: true, preview });
        railway.recall(saved.memory, { back: saved.restore?.release ?? saved.known.back });
        return rollout;
      },
    };
  });
}
