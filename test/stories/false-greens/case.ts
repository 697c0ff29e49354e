import type { BelaySaid, ClientSaid, Ground, Start, Values } from './ground.ts';

/** What goes wrong, and what each of the two is asked to do about the same release on the same cloud. */
export interface Case extends Start {
  /** In plain words; it names the recording as well. */
  readonly name: string;
  /** What happens on the platform, in a sentence or two for somebody who has never seen it. */
  readonly happens: string;
  /** The command lines of a workflow's steps, or what a person does with them. */
  readonly client: readonly string[] | ((ground: Ground) => Promise<ClientSaid>);
  readonly belay: Values | ((ground: Ground) => Promise<BelaySaid>);
  /** Whose command it is, where not a workflow's own `flyctl deploy`. */
  readonly by?: string;
  /** Asked of what serves only when so much time has gone by since the step ended: what happens then is the case. */
  readonly laterMs?: number;
  /** Which version serves when the step's green is true. Default v2. */
  readonly wanted?: string;
  /** Which version served before. Default v1. */
  readonly before?: string;
  /** How many machines of each group run when all is well; as `app` has them unless said otherwise. */
  readonly runs?: Fleet<number>;
}

/** By process group. */
export type Fleet<Of> = Readonly<Record<string, Of>>;

/** What a user, and somebody who lists the machines, sees afterwards. */
export interface Seen {
  /** What a few requests for the home page were answered, each kind once: `v1`, `v2: 500`, `503`. */
  readonly answers: readonly string[];
  /** Which version each running machine of a group runs. */
  readonly running: Fleet<readonly string[]>;
}

/** What is kept of a case. */
export interface Recorded {
  readonly name: string;
  readonly happens: string;
  readonly by: string;
  readonly wanted: string;
  readonly before: string;
  readonly runs: Fleet<number>;
  readonly client: ClientSaid & { readonly seen: Seen };
  readonly belay: BelaySaid & { readonly seen: Seen };
}
