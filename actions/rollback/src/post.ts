import type { MainEnd, Ports, PostReport } from '#core';
import { openRollback, platformOf, platformOfMain, postSeveral, runPost } from '#core/deployment';
import { aboutTarget, targetNamesIn } from '#core/platform-inputs';
import { inputs } from './inputs.ts';

/** Of which target. */
interface PostOfOne {
  readonly action: string;
  readonly main: MainEnd;
  readonly name: string | undefined;
}

/** Says what a rollback that was cut left behind, ends its records, then removes what its tools left. */
export async function postOf(action: string, doors: Ports, main: MainEnd): Promise<PostReport | undefined> {
  const names = targetNamesIn(doors.runner);
  return postSeveral({ ports: doors, names }, (own, name) => postOfOne({ action, main, name }, own));
}

async function postOfOne({ action, main, name }: PostOfOne, doors: Ports): Promise<PostReport | undefined> {
  const tools = (await platformOfMain(doors.runner))?.tools;
  return runPost({ action, main, tools }, doors, async (ports) => {
    const given = aboutTarget(inputs.read(ports.runner), name);
    const platform = await platformOf(given);
    return {
      inputs: given,
      target: { id: platform.target(given).id, look: (doors) => platform.look(doors, given) },
      async open(saved) {
        const open = await platform.open(ports, given);
        const { rollout } = await openRollback(ports, open, given);
        open.recall(saved.memory, { back: saved.known.wanted });
        return rollout;
      },
    };
  });
}
