import type { MainEnd, Ports, PostReport } from '#core';
import { runPost } from '#core/deployment';
import { platform } from '#core/railway';
import { inputs } from './inputs.ts';
import { openRailwayDeploy } from './open.ts';

/** Finishes a restore that was cut short, cancels what is still being built, ends its records and says what serves. */
export async function postOf(action: string, doors: Ports, main: MainEnd): Promise<PostReport | undefined> {
  return runPost({ action, main, tools: platform.tools }, doors, async (ports) => {
    const given = inputs.read(ports.runner);
    return {
      inputs: given,
      target: { id: platform.target(given).id, look: (own) => platform.look(own, given) },
      async open(saved) {
        const { railway, rollout } = await openRailwayDeploy(ports, given, { isPost: true });
        railway.recall(saved.memory, { back: saved.restore?.release ?? saved.known.back });
        return rollout;
      },
    };
  });
}
