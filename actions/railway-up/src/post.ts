import type { MainEnd, Ports, PostReport } from '#core';
import { postSeveral, runPost } from '#core/deployment';
import { platform } from '#core/railway';
import { servicesOf } from '#core/railway/inputs';
import { inputs } from './inputs.ts';
import { openRailwayDeploy } from './open.ts';
import { inputsFor, keptDeploy } from './preview/keep.ts';

/** Of which service. */
interface PostOfOne {
  readonly action: string;
  readonly main: MainEnd;
  readonly name: string | undefined;
}

/** Finishes a restore that was cut short, cancels what is still being built, ends its records and says what serves. */
export async function postOf(action: string, doors: Ports, main: MainEnd): Promise<PostReport | undefined> {
  // Bad inputs are told by main: here they are read only where there is something to finish.
  const names = servicesOf({ railwayService: doors.runner.input('railway-service') });
  return postSeveral({ ports: doors, names }, (own, name) => postOfOne({ action, main, name }, own));
}

function postOfOne({ action, main, name: railwayService }: PostOfOne, doors: Ports) {
  return runPost({ action, main, tools: platform.tools }, doors, async (ports) => {
    const asked = { ...inputs.read(ports.runner), railwayService };
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
