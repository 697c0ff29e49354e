import { demo, images } from '../demo.ts';
import type { ServiceFactory } from '../service.ts';
import { Fly } from './fly.ts';

export { Fly } from './fly.ts';
export { macaroon } from './macaroon.ts';
export type { Machine } from './machine.ts';
export { flyParts } from './parts.ts';
export { flyRoutes } from './routes.ts';
export type { AppSeed, UnmanagedSeed } from './seed.ts';
export type { FlySettings } from './settings.ts';
export { flyWrongStates } from './wrong-states.ts';

/** Fly with the demo's token and its app, whose two machines run v1. */
export const fly: ServiceFactory<Fly> = (context) =>
  new Fly(context, (seeded) => {
    seeded.world.addToken({ value: demo.fly.token, kind: 'org', email: 'demo@example.com' });
    seeded.createApp({ name: demo.fly.app, image: images.v1 });
  });
