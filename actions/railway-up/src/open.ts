import { type Ports, testedCommit } from '#core';
import { deployPorts, type OpenDeploy, openDeploy, type RolloutPorts } from '#core/deployment';
import {
  type ArchiveListing,
  type BeforeUpload,
  foldersOf,
  listArchive,
  type OpenRailway,
  openRailway,
} from '#core/railway';
import { guardsOf, noGuards } from './guards.ts';
import type { RailwayUpInputs } from './inputs.ts';
import { messageOf } from './message.ts';
import { listingLines } from './wording.ts';

/** A deploy to Railway with every port open and nothing changed yet. */
export interface OpenRailwayDeploy extends OpenDeploy {
  readonly railway: OpenRailway;
  /** What will be uploaded; undefined in `post`, which uploads nothing. */
  readonly listing: ArchiveListing | undefined;
  /** The folder relative paths start in. */
  readonly cwd: string;
  /** What is uploaded lies there. */
  readonly root: string;
  /** What of the folder's own configuration is not in force, a sentence each. */
  readonly configWarnings: readonly string[];
  /** What Railway tells of what else decides about the service. */
  readonly guards: BeforeUpload;
  readonly rollout: RolloutPorts;
}

/** Looks at everything a deploy stands on. Failures: those of `openRailway` and `listArchive`, `checks-invalid`. */
export async function openRailwayDeploy(
  ports: Ports,
  given: RailwayUpInputs,
  { isPost = false }: { readonly isPost?: boolean } = {},
): Promise<OpenRailwayDeploy> {
  const { runner } = ports;
  const { context } = runner;
  if (given.checks !== undefined && !isPost) ports.checks.start();
  const commit = testedCommit(context, given.commit);
  const { cwd, root } = foldersOf(context.workspace, given);
  const [railway, listing] = await Promise.all([
    openRailway(ports, given),
    isPost ? undefined : listArchive(root, { include: given.include, user: runner.env }),
  ]);
  const [opened, configWarnings, guards] = await Promise.all([
    openDeploy(ports, railway, given, { commit }),
    isPost ? [] : railway.configWarnings(root),
    isPost ? noGuards : guardsOf(railway, context),
  ]);
  const { platform, target } = railway;
  const message = messageOf(given.message, { commit, context, mark: railway.mark });
  const rollout = deployPorts(ports, opened, given, {
    isBarrier: () => given.rollbackBarrier,
    prepare: async () => guards.refusal,
    obtain: async ({ signal, budgetMs }) => {
      if (listing === undefined) throw new Error('`post` uploads nothing.');
      for (const line of listingLines('Uploading', listing)) runner.info(line);
      return platform.ship(target, { listing, message }, { budgetMs }, signal);
    },
    stop: (_release, { signal }) => platform.cancelOwn(target, signal),
  });
  return { ...opened, railway, listing, cwd, root, configWarnings, guards, rollout };
}
