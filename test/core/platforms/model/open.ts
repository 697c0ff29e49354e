import type { Ports } from '../../../../packages/core/src/action/ports.ts';
import type { OpenPlatform } from '../../../../packages/core/src/platforms/open-platform.ts';
import type { Target } from '../../../../packages/core/src/platforms/platform.ts';
import type { WantedTarget } from '../../../../packages/core/src/platforms/wanted-target.ts';
import { ModelPlatform } from './adapter.ts';
import { modelReleaseNames } from './inputs.ts';
import type { ModelWorld } from './world.ts';

/** The model, opened for its one project. */
export interface OpenModel extends OpenPlatform {
  readonly platform: ModelPlatform;
}

export function modelTarget({ project, address }: ModelWorld): Target {
  return { platform: 'model', id: `model:acme/${project}`, name: project, url: address };
}

export function openModel(world: ModelWorld, { runner, clock }: Pick<Ports, 'runner' | 'clock'>): OpenModel {
  const { runId = '', runAttempt } = runner.context;
  const platform = new ModelPlatform(world, clock, `run ${runId}-${runAttempt}`);
  return {
    platform,
    target: modelTarget(world),
    clock,
    notUndone,
    parseTarget,
    workflowWords: { targetInput: 'model-project', shipsByHand: /\bmodel ship\b/ },
    settleMs: 60_000,
    evidenceTitle: 'The log of the deployment',
    pinned: async (wanted) => wanted,
    evidence: async (release) => (release === undefined ? [] : [`the log of ${release} has no errors`]),
    beside: () => ({ left: [], warnings: [], markdown: '' }),
    withCommands: async (failure) => failure,
    tidyUp: async () => {},
    memory: () => platform.mark,
    recall: (memory = platform.mark) => platform.recall(memory),
  };
}

const notUndone = [
  'environment variables: the values of the project stay',
  'what functions have written elsewhere',
] as const;

/** `dpl_7`, or `https://dpl-7.model.test`. */
function parseTarget(to: string): WantedTarget | undefined {
  if (!modelReleaseNames.pattern.test(to)) return undefined;
  const [number] = /\d+/.exec(to) ?? [];
  return { kind: 'version', label: `dpl_${number}` };
}
