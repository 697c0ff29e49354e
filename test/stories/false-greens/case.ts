/** What goes wrong, and what the two that play it are asked about it: the same on every platform. */
export interface Told {
  /** In plain words; it names the recording as well. */
  readonly name: string;
  /** What happens on the platform, in a sentence or two for somebody who has never seen it. */
  readonly happens: string;
  /** Whose command it is, where not a workflow's own line with the platform's client. */
  readonly by?: string;
  /** Asked of what serves only when so much time has gone by since the step ended: what happens then is the case. */
  readonly laterMs?: number;
  /** Which version serves when the step's green is true. Default v2. */
  readonly wanted?: string;
  /** Which version served before. Default v1. */
  readonly before?: string;
}

export type Values = Readonly<Record<string, string>>;

/** By process group, or by service. */
export type Fleet<Of> = Readonly<Record<string, Of>>;

/** What a user, and somebody who lists what runs, sees afterwards. */
export interface Seen {
  /** What a few requests for the home page were answered, each kind once: `v1`, `v2: 500`, `503`. */
  readonly answers: readonly string[];
  /** Which version each running machine or replica runs. */
  readonly running: Fleet<readonly string[]>;
}

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
  /** Inputs beyond the target, the token and the time limits, as they are written in a workflow. */
  readonly inputs: Values;
  readonly outcome: string;
  readonly reason: string;
  readonly serving: string;
  readonly exit: number;
}

/** What is kept of a case. */
export interface Recorded {
  readonly name: string;
  readonly happens: string;
  readonly by: string;
  readonly wanted: string;
  readonly before: string;
  /** How many machines or replicas run when all is well. */
  readonly runs: Fleet<number>;
  readonly client: ClientSaid & { readonly seen: Seen };
  readonly belay: BelaySaid & { readonly seen: Seen };
}
