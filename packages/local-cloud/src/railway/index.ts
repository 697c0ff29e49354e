import type { ServiceFactory } from '../service.ts';
import { seedDemo } from './demo.ts';
import { Railway } from './railway.ts';

export { demoDirectories, shopTree } from './demo.ts';
export type { Fate } from './fates.ts';
export type { DeploymentStatus } from './model.ts';
export { railwayParts } from './parts.ts';
export { Railway } from './railway.ts';
export { railwayRoutes } from './routes.ts';
export type { DeployedSeed, ProjectSeed, ServiceSeed } from './seed.ts';
export { initialPace, type Pace, type RailwaySwitches } from './switches.ts';

/** Railway with the demo's project and tokens. */
export const railway: ServiceFactory<Railway> = (context) => new Railway(context, seedDemo);
export { railwayWrongStates } from './wrong-states.ts';
