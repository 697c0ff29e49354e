import { platformsOf } from '../by-name.ts';
import { isNamed } from './named.ts';

/** The platforms there are, each a chunk of its own: this folder has the lists, and nothing else imports a platform's code. */
export const registry = {
  fly: () => import('../fly/index.ts'),
  railway: () => import('../railway/index.ts'),
} as const;

export type PlatformName = keyof typeof registry;

export const { platformOf, platformOfMain } = platformsOf(registry, isNamed);
