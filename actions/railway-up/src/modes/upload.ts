import { checkoutWarning, shippingPlan } from '#core/deployment';
import { listArchive, type OpenRailway } from '#core/railway';
import { messageOf } from '../message.ts';
import { listingLines } from '../wording.ts';
import type { Mode, ModeParts } from './mode.ts';

/** Uploads the folder. Failures: those of `listArchive`. */
export async function openUpload(parts: ModeParts): Promise<Mode> {
  const { ports, given, commit, root, isPost, opening } = parts;
  const { runner } = ports;
  const [railway, listing] = await Promise.all([
    opening,
    isPost ? undefined : listArchive(root, { include: given.include, user: runner.env }),
  ]);
  const { platform, target } = railway;
  const message = messageOf(given.message, { commit, context: runner.context, mark: railway.mark });
  return {
    commit,
    plan: shippingPlan(given),
    warnings: isPost ? [] : await warningsOf(railway, parts),
    would: listing === undefined ? [] : listingLines('It would upload', listing),
    shipment: {
      obtain: async ({ signal, ...allowed }) => {
        if (listing === undefined) throw new Error('`post` uploads nothing.');
        for (const line of listingLines('Uploading', listing)) runner.info(line);
        return platform.ship(target, { kind: 'upload', listing, message }, allowed, signal);
      },
      stop: (_release, { signal }) => platform.cancelOwn(target, signal),
    },
  };
}

/** Where the checkout is of another commit, and what of the folder's own configuration is not in force. */
async function warningsOf(railway: OpenRailway, { ports, cwd, root, commit }: ModeParts) {
  const [mismatch, config] = await Promise.all([
    checkoutWarning(ports, cwd, commit),
    railway.configWarnings(root),
  ]);
  return mismatch === undefined ? config : [mismatch, ...config];
}
