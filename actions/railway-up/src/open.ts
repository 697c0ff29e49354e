import { type Ports, testedCommit } from '#core';
import {
  type BoundRollout,
  deployPorts,
  type OpenDeploy,
  openDeploy,
  type RolloutPorts,
  type Shipment,
} from '#core/deployment';
import { defined } from '#core/inputs';
import { foldersOf, type OpenRailway, openRailway } from '#core/railway';
import type { RailwayUpInputs } from './inputs.ts';
import type { Mode } from './modes/mode.ts';
import { modes } from './modes/modes.ts';
import { inputsFor, type PreviewDeploy } from './preview/keep.ts';

/** A deploy to Railway with every port open and nothing changed yet. */
export interface OpenRailwayDeploy
  extends OpenDeploy,
    Pick<Mode, 'plan' | 'would' | 'warnings' | 'notes' | 'news'> {
  readonly railway: OpenRailway;
  readonly rollout: RolloutPorts;
  /** Set for the environment of a pull request. */
  readonly preview: PreviewDeploy | undefined;
}

/** Looks at everything a deploy stands on. Failures: those of `openRailway`, of the mode, and `checks-invalid`. */
export async function openRailwayDeploy(
  ports: Ports,
  asked: RailwayUpInputs,
  {
    isPost = false,
    preview,
  }: { readonly isPost?: boolean; readonly preview?: PreviewDeploy | undefined } = {},
): Promise<OpenRailwayDeploy> {
  const { context } = ports.runner;
  const given = preview === undefined ? asked : inputsFor(asked, preview);
  if (given.checks !== undefined && !isPost) ports.checks.start();
  const commit = testedCommit(context, given.commit);
  const { cwd, root } = foldersOf(context.workspace, given);
  const needs = preview === undefined ? [] : needsOf[preview.by];
  const opening = openRailway(ports, { ...given, needs });
  const mode = await modes[given.mode]({ ports, given, commit, cwd, root, isPost, opening });
  const railway = await opening;
  const opened = await openDeploy(ports, railway, given, {
    commit: mode.commit,
    ...(preview === undefined ? {} : { transient: defined({ ref: preview.head }) }),
  });
  const shipment = {
    ...(given.onSkipped === 'accept' ? acceptingSkips(mode.shipment) : mode.shipment),
    ...alreadyServing(mode, opened.bound),
    isBarrier: () => given.rollbackBarrier,
  };
  const rollout = deployPorts(ports, opened, given, shipment);
  return { ...mode, ...opened, railway, rollout, preview };
}

/** What serves and is what is wanted was good enough once, by the records; else it is deployed again. */
function alreadyServing({ isWanted }: Mode, { ports }: BoundRollout): Pick<Shipment, 'alreadyServes'> {
  if (isWanted === undefined) return {};
  return {
    alreadyServes: async (live) => {
      const verdict = isWanted(live) ? await ports.verdict(live) : 'none';
      return verdict === 'pass' || verdict === 'settled';
    },
  };
}

/** What a preview needs that no project token may do. */
const needsOf = { railway: ['other-environments'], us: ['environments-made'] } as const;

/** What Railway skips is then as good as what serves, if that is good. */
export function acceptingSkips(shipment: Mode['shipment']): Mode['shipment'] {
  return {
    ...shipment,
    async obtain(allowance) {
      const shipped = await shipment.obtain(allowance);
      return shipped.failure?.reason === 'skipped' ? { ...shipped, unchanged: true } : shipped;
    },
  };
}
