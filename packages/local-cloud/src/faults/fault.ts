export const challengingEdges = ['cloudflare', 'vercel'] as const;
export type ChallengingEdge = (typeof challengingEdges)[number];

/** What goes wrong. The effect of the request takes place only where said so. */
export type Fault =
  /** This answer instead of the service's own. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string | object;
    }
  /**
   * Waits on the cloud's clock, then goes on as usual: the effect takes place, where the client has not left, or the request
   * was `accepted` before it did.
   */
  | { readonly kind: 'delay'; readonly ms: number; readonly accepted?: true }
  | { readonly kind: 'reset-before' }
  /** The effect takes place, then the connection is reset. */
  | { readonly kind: 'reset-after' }
  /** The effect takes place; half of the promised body arrives, then the connection ends. */
  | { readonly kind: 'truncate' }
  /** A gateway's error page; 502 unless said otherwise. */
  | { readonly kind: 'html'; readonly status?: number }
  /** 429, with `retry-after` in seconds where given. */
  | { readonly kind: 'rate-limit'; readonly retryAfter?: number }
  /** An edge answers in place of the application, as it does to whoever is no browser. */
  | { readonly kind: 'challenge'; readonly edge?: ChallengingEdge }
  /** No answer until the client goes or the cloud closes. */
  | { readonly kind: 'stall' }
  /** The effect takes place; the JSON answer is changed by an RFC 7386 merge patch, or by a mutator of the service. */
  | { readonly kind: 'wrong'; readonly patch: object }
  | { readonly kind: 'wrong'; readonly mutator: string };

/** Which calls a fault strikes: all of the route, unless narrowed. Calls are counted from when the rule was added. */
export interface FaultTarget {
  /** Route name, with `*` for any characters: `machines.*`. */
  readonly route: string;
  /** Service name, where two services have routes of the same name. */
  readonly service?: string;
  /** Name of the GraphQL operation, as its client sends it: one field may be asked for by several. */
  readonly operation?: string;
  /** Only this call, counted from 1; with `count`, this one and those after it. */
  readonly nth?: number;
  /** Each call whose number divides by this. */
  readonly every?: number;
  /** At most so many calls. */
  readonly count?: number;
  /** Calls are counted from when so many calls of another route have come: what runs beside them may vary in number. */
  readonly after?: { readonly route: string; readonly nth: number };
}

export type FaultRule = FaultTarget & Fault;
