import { ActionFailure } from '#core';
import type { OpenRailway } from '#core/railway';
import type { Mode, ModeParts } from './mode.ts';
import { shippingMode } from './shipping-mode.ts';

/** Deploys an image by its digest. Failure: `wrong-source`. */
export async function openImage(parts: ModeParts): Promise<Mode> {
  const { given, commit, isPost, opening } = parts;
  const railway = await opening;
  const { image = '' } = given;
  if (!isPost) assertOfImage(railway);
  const digest = digestIn(image);
  const { platform } = railway;
  return shippingMode(parts, railway, {
    source: { kind: 'image', image },
    commit,
    would: `It would name ${image} as the source of the service (now ${imageOf(railway)}), and deploy it.`,
    // Whoever deploys next ships what the source names: another digest there would take the place of what serves.
    isWanted: ({ artifact }) => {
      const named = digestIn(platform.instance?.source?.image ?? '');
      return artifact === digest && (named === undefined || named === digest);
    },
  });
}

function digestIn(image: string): string | undefined {
  return image.split('@')[1];
}

function imageOf({ instance }: OpenRailway): string {
  return instance.source?.image ?? '';
}

function assertOfImage(railway: OpenRailway): void {
  if (imageOf(railway) !== '') return;
  const repo = railway.instance.source?.repo ?? '';
  throw new ActionFailure({
    code: 'wrong-source',
    what: `The source of the service ${railway.target.name} is no image`,
    why:
      repo === ''
        ? 'an image would take the place of what is uploaded to it'
        : `an image would disconnect it from the repository ${repo}`,
    next:
      repo === ''
        ? 'Use `mode: upload`, or set an image as the source in Railway’s dashboard first.'
        : 'Use `mode: deploy-commit`, or set an image as the source in Railway’s dashboard first.',
  });
}
