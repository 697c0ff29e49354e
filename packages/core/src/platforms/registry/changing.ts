import type { PlatformModule } from '../../deployment/platform-module.ts';
import { platformsOf } from '../by-name.ts';
import type { FlyGiven } from '../fly/answers.ts';
import type { FlyOpening } from '../fly/index.ts';
import type { RailwayGiven, RailwayOpening } from '../railway/ask.ts';
import { isNamed, type Named } from './named.ts';

/** The platforms there are, each a chunk of its own: this folder has the lists, and nothing else imports a platform's code. */
export const registry = {
  fly: () => import('../fly/index.ts'),
  railway: () => import('../railway/index.ts'),
} as const;

export type PlatformName = keyof typeof registry;

/** What an action gives that may be about any of them. */
type Module = PlatformModule<FlyGiven & RailwayGiven, FlyOpening & RailwayOpening>;

export const { platformOf, platformOfMain } = platformsOf<PlatformName, Module, Named>(registry, isNamed);
