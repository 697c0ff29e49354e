import type { BelaySaid, ClientSaid, Fleet, Told, Values } from '../case.ts';
import type { Ground, Start } from './ground.ts';

/** What each of the two is asked to do about the same release on the same cloud. */
export interface Case extends Told, Start {
  /** The command lines of a workflow's steps, or what a person does with them. */
  readonly client: readonly string[] | ((ground: Ground) => Promise<ClientSaid>);
  readonly belay: Values | ((ground: Ground) => Promise<BelaySaid>);
  /** How many machines of each group run when all is well; as `app` has them unless said otherwise. */
  readonly runs?: Fleet<number>;
}
