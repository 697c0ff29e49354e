import { fly } from './fly/index.ts';
import { github } from './github/index.ts';
import { railway } from './railway/index.ts';
import type { ServiceFactory } from './service.ts';

/** Every emulator, in the order in which they are asked for a host that two of them claim. */
export const allServices: readonly ServiceFactory[] = [fly, github, railway];
