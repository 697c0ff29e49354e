/** How many of several items hold, and the first that does not. */
export interface ItemTally {
  readonly holding: number;
  readonly of: number;
  readonly first: { readonly value: unknown; readonly actual?: string | undefined };
}

/**
 * Whether a predicate holds. `broken` and `unfit` fail: `actual` replaces the value in the report. `unfit` is of another
 * kind than can be asked about: neither the predicate nor its negation holds. `invalid` is the check's own fault.
 */
export type PredicateOutcome =
  | { readonly kind: 'holds' }
  | {
      readonly kind: 'broken' | 'unfit';
      readonly actual?: string | undefined;
      readonly tally?: ItemTally | undefined;
    }
  | { readonly kind: 'invalid'; readonly why: string };

export const holds: PredicateOutcome = { kind: 'holds' };
export const broken: PredicateOutcome = { kind: 'broken' };

export function unfit(actual: string): PredicateOutcome {
  return { kind: 'unfit', actual };
}

type Ask = (item: unknown) => PredicateOutcome | Promise<PredicateOutcome>;

/** Holds when it holds of every item. One that is unfit makes the whole unfit. */
export async function ofEach(items: readonly unknown[], ask: Ask): Promise<PredicateOutcome> {
  let kind: 'broken' | 'unfit' = 'broken';
  let bad = 0;
  let first: ItemTally['first'] | undefined;
  for (const value of items) {
    const asked = ask(value);
    const outcome = asked instanceof Promise ? await asked : asked;
    if (outcome.kind === 'invalid') return outcome;
    if (outcome.kind === 'holds') continue;
    bad += 1;
    first ??= { value, actual: outcome.actual };
    if (outcome.kind === 'unfit') kind = 'unfit';
  }
  if (first === undefined) return holds;
  return { kind, tally: { holding: items.length - bad, of: items.length, first } };
}

/** Holds when it holds of one item; where it holds of none, one that is unfit makes the whole unfit. */
export async function ofAny(items: readonly unknown[], ask: Ask): Promise<PredicateOutcome> {
  let outcomeOfNone = broken;
  for (const value of items) {
    const asked = ask(value);
    const outcome = asked instanceof Promise ? await asked : asked;
    if (outcome.kind === 'holds' || outcome.kind === 'invalid') return outcome;
    if (outcome.kind === 'unfit') outcomeOfNone = { kind: 'unfit' };
  }
  return outcomeOfNone;
}
