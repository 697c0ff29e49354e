/** What every failure tells its reader. `next` is one imperative sentence. */
export interface FailureText {
  /** Stable, kebab-case; callers may branch on it. */
  readonly code: string;
  /** What happened, with the value seen. */
  readonly what: string;
  /** What is known, or the likeliest cause. */
  readonly why?: string;
  /** The one thing to do now. */
  readonly next: string;
  readonly docs?: string;
  /** Evidence, one line each: printed below the failure, never in the annotation. */
  readonly details?: readonly string[];
}

/**
 * A promised thing that cannot be done, with what to do about it.
 * Expected outcomes ("already live", "nothing older") are values, not failures.
 */
export class ActionFailure extends Error implements FailureText {
  readonly code: string;
  readonly what: string;
  readonly why?: string;
  readonly next: string;
  readonly docs?: string;
  readonly details?: readonly string[];

  constructor(text: FailureText, options?: { cause?: unknown }) {
    super(text.what, options);
    this.name = 'ActionFailure';
    this.code = text.code;
    this.what = text.what;
    this.next = text.next;
    if (text.why !== undefined) this.why = text.why;
    if (text.docs !== undefined) this.docs = text.docs;
    if (text.details !== undefined) this.details = text.details;
  }
}

/** One line for an annotation: `code: what. Why. Next: next.` */
export function failureLine(failure: FailureText): string {
  const why = failure.why === undefined ? '' : ` ${sentence(capitalised(failure.why))}`;
  return `${failure.code}: ${sentence(failure.what)}${why} Next: ${sentence(failure.next)}`;
}

/** The same of anything that was thrown. */
export function errorLine(error: unknown): string {
  if (error instanceof ActionFailure) return failureLine(error);
  return errorMessage(error);
}

/** What was thrown, in its own words: it need not be an Error. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
