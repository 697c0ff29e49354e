import type { AnsweringPlatform } from '../../deployment/platform-module.ts';
import type { RailwayGiven } from './ask.ts';

/** What checks need of Railway: nothing that only its API could answer. */
export const platform: AnsweringPlatform<RailwayGiven> = {
  toldOfToken: async (result) => result,
};
