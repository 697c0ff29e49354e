/** What a test may turn; `reset` turns everything back. */
export interface GitHubSwitches {
  /** `refused`: `POST /graphql` answers 403, as for a token or an installation that may not use it. */
  graphql: 'answers' | 'refused';
  /** How GraphQL encodes a deployment's payload. */
  payloadEncoding: PayloadEncoding;
  /**
   * `late`: lists and queries have a deployment or a status up to 3 s after it was written, and not in the order in
   * which they were; what is asked for by its id is answered at once.
   */
  visibility: 'late' | 'immediate';
  /** Another number deals other delays to what is written from then on. */
  visibilitySeed: number;
}

export const initialSwitches: Readonly<GitHubSwitches> = {
  graphql: 'answers',
  payloadEncoding: 'as-real',
  visibility: 'late',
  visibilitySeed: 1,
};

export type PayloadEncoding = 'as-real' | 'once' | 'twice';
