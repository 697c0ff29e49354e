import type { AppSeed } from '../../../packages/local-cloud/src/fly/seed.ts';
import type { Ground } from './ground.ts';

/** What goes wrong, and what each of the two is asked to do about the same release on the same cloud. */
export interface Case {
  /** In plain words; it names the recording as well. */
  readonly name: string;
  /** What happens on the platform, in a sentence or two for somebody who has never seen it. */
  readonly happens: string;
  /** The fleet before; two machines of v1 unless said otherwise. */
  readonly app?: Omit<AppSeed, 'name' | 'image'>;
  /** fly.toml of the release that is shipped; one HTTP service with a health check unless said otherwise. */
  readonly config?: string;
  /** What else there is before either begins: images, faults, what happened earlier. */
  readonly given: (ground: Ground) => void | Promise<void>;
  /** The command lines of a workflow's steps, or what a person does with them. */
  readonly client: readonly string[] | ((ground: Ground) => Promise<ClientSaid>);
  readonly belay: Inputs | ((ground: Ground) => Promise<BelaySaid>);
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

type Inputs = Readonly<Record<string, string>>;

/** By process group. */
export type Fleet<Of> = Readonly<Record<string, Of>>;

export interface ClientSaid {
  /** Each command, as it is written in a workflow. */
  readonly commands: readonly string[];
  /** Of the first that failed, or 0: a step ends there. */
  readonly exit: number;
  /** The last line it printed, or its error. */
  readonly said: string;
}

export interface BelaySaid {
  readonly action: string;
  /** Inputs beyond the app, the token and the time limits, as they are written in a workflow. */
  readonly inputs: Inputs;
  readonly outcome: string;
  readonly reason: string;
  readonly serving: string;
  readonly exit: number;
}

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
