import { checkoutWarning, shippingPlan } from '#core/deployment';
import { emptyArchive, listArchive, type OpenRailway } from '#core/railway';
import { guardLines, guardsOf, noGuards } from '../guards.ts';
import { messageOf } from '../message.ts';
import { listingLines, listingSentences } from '../wording.ts';
import type { Mode, ModeParts } from './mode.ts';

/** Uploads the folder. Failures: those of `listArchive`, `archive-empty`. */
export async function openUpload(parts: ModeParts): Promise<Mode> {
  const { ports, given, commit, root, isPost, opening } = parts;
  const { runner } = ports;
  const [railway, listing] = await Promise.all([
    opening,
    isPost ? undefined : listArchive(root, { include: given.include, user: runner.env }),
  ]);
  if (listing?.files === 0) throw emptyArchive(listing);
  const { platform, target } = railway;
  const [mismatch, config, guards] = isPost ? [[], [], noGuards] : await known(railway, parts);
  const message = messageOf(given.message, { commit, context: runner.context, mark: railway.mark });
  return {
    commit,
    plan: shippingPlan(given),
    warnings: [...mismatch, ...config, ...guards.warnings],
    notes: guards.notes,
    would:
      listing === undefined ? [] : [...listingSentences('It would upload', listing), ...guardLines(guards)],
    // What a file says may have been in force before, and be so no more.
    news: async () => (await railway.configWarnings(root)).filter((warning) => !config.includes(warning)),
    shipment: {
      prepare: async () => guards.refusal,
      obtain: async ({ signal, ...allowed }) => {
        if (listing === undefined) throw new Error('`post` uploads nothing.');
        for (const line of listingLines('Uploading', listing)) runner.info(line);
        return platform.ship(target, { kind: 'upload', listing, message }, allowed, signal);
      },
      stop: (_release, { signal }) => platform.cancelOwn(target, signal),
    },
  };
}

/** Where the checkout is of another commit, what of the folder's own configuration is not in force, and the guards. */
async function known(railway: OpenRailway, { ports, cwd, root, commit }: ModeParts) {
  const mismatch = async () => [await checkoutWarning(ports, cwd, commit)].filter((one) => one !== undefined);
  return Promise.all([mismatch(), railway.configWarnings(root), guardsOf(railway, ports.runner.context)]);
}
