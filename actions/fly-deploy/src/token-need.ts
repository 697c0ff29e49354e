import type { FlyTokenNeed } from '#core/fly';
import type { Wanted } from './decide.ts';
import type { FlyDeployInputs } from './inputs.ts';

/** A token, and the least that would have done. */
export interface TokenUse {
  readonly token: string;
  readonly need: FlyTokenNeed;
}

/** What a run does with its token; undefined where it does nothing with one. */
export function tokenUse(
  { image, snapshot }: Pick<FlyDeployInputs, 'image' | 'snapshot'>,
  wanted: Wanted,
): TokenUse | undefined {
  switch (wanted.kind) {
    case 'build':
    case 'deploy': {
      const { app, token } = wanted;
      // An image of another app, and data that may be another's, are read with the same token.
      const isOfOthers = snapshot !== undefined || isImageOfAnother(image, app);
      return { token, need: { app, ...(isOfOthers ? { organization: '' } : {}) } };
    }
    case 'review':
    case 'close-review':
    case 'sweep': {
      const { token, organization } = wanted.access;
      return { token, need: { organization } };
    }
    default:
      return undefined;
  }
}

function isImageOfAnother(image: string | undefined, app: string): boolean {
  const name = /^registry\.fly\.io\/([^/:@]+)/.exec(image ?? '')?.[1];
  return name !== undefined && name !== app;
}
