import { platformsOf } from '../by-name.ts';
import { isNamed } from './named.ts';

/** The platforms that checks may ask without a deploy: the registry's, without what only a change of what serves needs. */
const answering = {
  fly: () => import('../fly/answers.ts'),
  railway: () => import('../railway/answers.ts'),
} as const;

export const { namedPlatform: answeringPlatform } = platformsOf(answering, isNamed);
