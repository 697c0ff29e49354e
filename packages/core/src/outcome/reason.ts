/** What a reason means, and what to do about it. */
export interface Reason {
  /** What it means, one sentence. */
  readonly meaning: string;
  /** What to do, one imperative sentence. */
  readonly advice: string;
}
