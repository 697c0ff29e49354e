import type { BelaySaid, ClientSaid, Told, Values } from '../case.ts';
import type { Ground, Start } from './ground.ts';

/** What each of the two is asked to do about the same release on the same cloud. */
export interface Case extends Told, Start {
  /** The command lines of a workflow's steps, or what a person does with them. */
  readonly client: readonly string[] | ((ground: Ground) => Promise<ClientSaid>);
  /** Inputs of railway-up, or what else Belay is asked. */
  readonly belay: Values | ((ground: Ground) => Promise<BelaySaid>);
  /** What serves is asked at once, though somebody else’s deployment is still on its way. */
  readonly atOnce?: true;
}
