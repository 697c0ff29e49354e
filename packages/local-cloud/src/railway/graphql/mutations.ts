import { deploymentMutations } from './deployment-mutations.ts';
import { environmentMutations } from './environment-mutations.ts';
import { instanceMutations } from './instance-mutations.ts';

/** Root fields of `Mutation`. */
export const mutations = {
  ...deploymentMutations,
  ...instanceMutations,
  ...environmentMutations,
  cliEventTrack: () => true,
};
