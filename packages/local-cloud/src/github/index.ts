import { demo } from '../demo.ts';
import type { ServiceFactory } from '../service.ts';
import { Checkout } from './checkout.ts';
import { seedDemo } from './demo.ts';
import { GitHub } from './github.ts';

export { GitHub } from './github.ts';
export { githubRoutes } from './routes.ts';
export type { CommitSeed, DeploymentSeed, RepositorySeed, RunSeed } from './seed.ts';
export { githubWrongStates } from './wrong-states.ts';

/** GitHub with the demo's repository and its token, beside the checkout the cloud was started for. */
export const github: ServiceFactory<GitHub> = (context) => {
  const service = new GitHub(context);
  seedDemo(service, context.repository === undefined ? undefined : Checkout.at(context.repository));
  service.token({ value: demo.github.token });
  return service;
};
