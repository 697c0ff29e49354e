import type { MainEnd, Ports, PostReport } from '#core';
import { runPost } from '#core/deployment';
import { platform } from '#core/fly';
import { accessOf, scopeOf, wantedOf } from './decide.ts';
import { inputs } from './inputs.ts';
import { openFlyDeploy, recallSource } from './open.ts';
import { asMainHadIt, finishMaking, wasMaking } from './review/finish-making.ts';

/** Finishes a restore that was cut short, ends its records, says what serves, then removes flyctl's private folder. */
export function postOf(action: string, doors: Ports, main: MainEnd): Promise<PostReport | undefined> {
  return runPost({ action, main, tools: platform.tools }, doors, async (ports) => {
    const given = inputs.read(ports.runner);
    const wanted = asMainHadIt(ports.runner, wantedOf(given, ports.runner.context));
    const access = accessOf(wanted);
    const named = access && { ...given, flyApp: access.app, flyToken: access.token, scope: scopeOf(given) };
    return {
      inputs: given,
      target: named && {
        id: platform.target(named).id,
        look: (doors) => platform.look(doors, named),
      },
      async open(saved) {
        if (access === undefined) throw new Error('a rollout is saved, and the inputs name no app');
        // What is saved before a release has no part in the way back.
        const { fly, rollout } = await openFlyDeploy(ports, { ...given, snapshot: undefined }, access, {
          lookUp: recallSource,
        });
        // A release that main made and could not name is known by what main had asked for.
        fly.recall(saved.memory, { back: saved.restore?.release ?? saved.known.back });
        return rollout;
      },
      finish: async () => {
        if (wanted.kind !== 'review' || !wasMaking(ports.runner)) return undefined;
        return finishMaking(ports, given, wanted);
      },
    };
  });
}
