import type { AnsweringPlatform } from '../../deployment/platform-module.ts';
import { platformsOf } from '../by-name.ts';
import type { FlyGiven } from '../fly/answers.ts';
import { isNamed, type Named } from './named.ts';

/** The platforms that checks may ask without a deploy: the registry's, without what only a change of what serves needs. */
const answering = { fly: () => import('../fly/answers.ts') } as const;

export const { namedPlatform: answeringPlatform } = platformsOf<
  keyof typeof answering,
  AnsweringPlatform<FlyGiven>,
  Named
>(answering, isNamed);
